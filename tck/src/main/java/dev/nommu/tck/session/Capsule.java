package dev.nommu.tck.session;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Service;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reproducer that does not depend on the generator: a folder with {@code capsule.txt}, {@code
 * board.dts} and {@code session.txt}, a scenario.
 *
 * @param version of nommu that made it
 * @param plugin the name of the plugin's class
 * @param profile the profile
 * @param faults the faults of the plugin
 * @param board device tree source, which includes nothing
 * @param directory for the board's relative names of host files
 * @param session the calls
 */
public record Capsule(
    String version,
    String plugin,
    Profile profile,
    List<Fault> faults,
    String board,
    Path directory,
    Session session) {
  /** This version of nommu, such as {@code 0.1.0}. */
  public static final String VERSION = ofProject();

  private static final String FORMAT = "2";
  private static final String MANIFEST = "capsule.txt";
  private static final String BOARD = "board.dts";
  private static final String SESSION = "session.txt";
  private static final List<String> KEYS =
      List.of("format", "version", "plugin", "profile", "directory", "fault");

  /** Takes an immutable copy, and makes the directory absolute. */
  public Capsule {
    faults = List.copyOf(faults);
    directory = directory.toAbsolutePath().normalize();
  }

  private static String ofProject() {
    try (InputStream in = Capsule.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns whether a path is a folder with a capsule. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(MANIFEST));
  }

  /**
   * Reads a capsule.
   *
   * @throws IOException if there is none, or this version does not support it; the message is one
   *     line that starts with file and line
   */
  public static Capsule read(Path folder) throws IOException {
    Manifest manifest = Manifest.read(folder.resolve(MANIFEST), KEYS);
    manifest.one("format", Capsule::format);
    Path directory = manifest.one("directory", name -> path(folder, name));
    return new Capsule(
        manifest.one("version", version -> version),
        manifest.one("plugin", plugin -> plugin),
        manifest.one("profile", Capsule::profile),
        manifest.all("fault", FaultText::read),
        board(folder.resolve(BOARD), directory),
        directory,
        session(folder.resolve(SESSION)));
  }

  private static String format(String format) {
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "expected a capsule of format %s, found format %s".formatted(FORMAT, format));
    }
    return format;
  }

  private static Profile profile(String id) {
    return Arrays.stream(Profile.values())
        .filter(profile -> profile.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("expected %s, found '%s'".formatted(profiles(), id)));
  }

  private static String profiles() {
    return Stream.of(Profile.values()).map(Profile::id).collect(Collectors.joining(" or "));
  }

  private static Path path(Path folder, String name) {
    try {
      return folder.toAbsolutePath().resolve(name).normalize();
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException("expected a directory, found '%s'".formatted(name), wrong);
    }
  }

  private static String board(Path file, Path directory) throws IOException {
    String text = Manifest.text(file);
    Board.parse(file.toString(), text, directory); // reports errors now
    return text;
  }

  private static Session session(Path file) throws IOException {
    try {
      return Session.parse(file.toString(), Manifest.text(file).lines().toList());
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  /**
   * Writes the capsule. The directory is written relative to the folder, if possible.
   *
   * @param folder created if it does not exist
   * @throws IOException if it cannot be written
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(BOARD), board);
    Files.writeString(folder.resolve(SESSION), session.toString());
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "format: " + FORMAT,
                "version: " + version,
                "plugin: " + plugin,
                "profile: " + profile.id(),
                "directory: " + seenFrom(folder.toAbsolutePath().normalize())),
            faults.stream().map(FaultText::write).map("fault: "::concat));
    Files.writeString(
        folder.resolve(MANIFEST), all.map(line -> line + "\n").collect(Collectors.joining()));
  }

  private String seenFrom(Path folder) {
    boolean isRelative =
        folder.getFileSystem().equals(directory.getFileSystem())
            && Objects.equals(folder.getRoot(), directory.getRoot());
    Path seen = isRelative ? folder.relativize(directory) : directory;
    String text = seen.toString().replace(seen.getFileSystem().getSeparator(), "/");
    return text.isEmpty() ? "." : text;
  }

  /**
   * Reproduces it.
   *
   * @param path the path to find the plugin on
   * @param services the possible kinds of plugin
   * @throws BoardException if it is not found or the board does not boot
   */
  public Replay replay(PluginPath path, List<Service<?>> services) throws BoardException {
    Board made = Board.parse(BOARD, board, directory);
    Subject subject =
        services.stream()
            .flatMap(service -> service.subject(path, plugin, made).stream())
            .findFirst()
            .orElseThrow(() ->
                new BoardException(
                    "capsule: no plugin of the class %s: add its jar, with --plugin"
                        .formatted(plugin)));
    return Replay.of(subject, profile, faults, session);
  }
}
