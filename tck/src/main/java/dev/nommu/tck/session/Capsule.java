package dev.nommu.tck.session;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Service;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that it takes to make the same thing happen again, whatever becomes of the generator: a
 * folder with {@code capsule.json}, {@code board.dts} and {@code session.txt}, a scenario.
 *
 * @param plugin the name of the plugin's class
 * @param profile under which rules
 * @param faults what goes wrong in the plugin
 * @param board device tree source
 * @param directory from where the board means relative names of files of the host
 * @param session the calls
 */
public record Capsule(
    String plugin,
    Profile profile,
    List<Fault> faults,
    String board,
    Path directory,
    Session session) {
  private static final int VERSION = 1;
  private static final String MANIFEST = "capsule.json";
  private static final String BOARD = "board.dts";
  private static final String SESSION = "session.txt";

  /** Takes an immutable copy, and the directory as an absolute path. */
  public Capsule {
    faults = List.copyOf(faults);
    directory = directory.toAbsolutePath();
  }

  /** Returns whether a path is a folder with a capsule. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(MANIFEST));
  }

  /**
   * Reads a capsule.
   *
   * @throws IOException if there is none, or one that this version does not understand
   */
  public static Capsule read(Path folder) throws IOException {
    try {
      JsonObject manifest =
          JsonParser.parseString(Files.readString(folder.resolve(MANIFEST))).getAsJsonObject();
      requireVersion(folder, member(manifest, "version").getAsInt());
      return new Capsule(
          member(manifest, "plugin").getAsString(),
          profile(member(manifest, "profile").getAsString()),
          faults(member(manifest, "faults").getAsJsonArray()),
          Files.readString(folder.resolve(BOARD)),
          Path.of(member(manifest, "directory").getAsString()),
          Session.parse(Files.readAllLines(folder.resolve(SESSION))));
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException malformed) {
      throw new IOException(
          "%s: expected a capsule, found %s"
              .formatted(folder.resolve(MANIFEST), malformed.getMessage()),
          malformed);
    }
  }

  static JsonElement member(JsonObject manifest, String name) {
    return Optional.ofNullable(manifest.get(name))
        .orElseThrow(() -> new IllegalArgumentException("nothing called " + name));
  }

  private static void requireVersion(Path folder, int version) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "%s: expected a capsule of version %d, found version %d"
              .formatted(folder.resolve(MANIFEST), VERSION, version));
    }
  }

  private static Profile profile(String id) {
    return Arrays.stream(Profile.values())
        .filter(profile -> profile.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the profile " + id));
  }

  private static List<Fault> faults(JsonArray faults) {
    return faults.asList().stream().map(JsonElement::getAsJsonObject).map(FaultText::read).toList();
  }

  /**
   * Writes the capsule.
   *
   * @param folder is made if it is not there
   * @throws IOException if it cannot be written
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(BOARD), board);
    Files.writeString(folder.resolve(SESSION), session.toString());
    JsonObject manifest = new JsonObject();
    manifest.addProperty("version", VERSION);
    manifest.addProperty("plugin", plugin);
    manifest.addProperty("profile", profile.id());
    manifest.addProperty("directory", directory.toString());
    JsonArray all = new JsonArray();
    faults.stream().map(FaultText::write).forEach(all::add);
    manifest.add("faults", all);
    String text = new GsonBuilder().setPrettyPrinting().create().toJson(manifest);
    Files.writeString(folder.resolve(MANIFEST), text + "\n");
  }

  /**
   * Makes it happen again.
   *
   * @param path where the plugin is found
   * @param services of which kinds it can be
   * @throws BoardException if it is not there or the board does not boot
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
