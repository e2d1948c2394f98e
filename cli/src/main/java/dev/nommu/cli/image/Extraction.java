package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileNames;
import dev.nommu.api.HostFailure;
import dev.nommu.cli.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Extracts an image into a host directory. Nothing is ever written outside it: it was empty, every
 * name is a single component, existing files are never opened or replaced, and files go only into
 * directories created here. So no link leads out during extraction, whatever the image contains.
 *
 * <p>Permissions are preserved, and owners if this process may change them. For one thread.
 */
final class Extraction {
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  private final Report report;
  private final SequencedMap<Member, Path> directories = new LinkedHashMap<>();
  private final Map<Long, Path> files = new HashMap<>();
  private final Path root;

  private Extraction(Path root, Report report) {
    this.root = root;
    this.report = report;
  }

  /** Receives the members that were not extracted. */
  public interface Report {
    /** A file of a kind that cannot be created here. */
    void skipped(Member member, String what);

    /** A file that could not be extracted; if a directory, with its contents. */
    void failed(Member member, String why);
  }

  /**
   * Starts an extraction.
   *
   * @param directory created if missing
   * @throws ErrnoException ENOTEMPTY if it is not empty; the host's error if it cannot be created
   */
  public static Extraction into(Path directory, Report report) throws ErrnoException {
    try {
      Path root = Files.createDirectories(directory).toRealPath();
      requireEmpty(root);
      return new Extraction(root, report);
    } catch (IOException failure) {
      throw HostFailure.of(directory + ": cannot be made", failure);
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      Iterator<Path> there = stream.iterator();
      if (there.hasNext()) {
        throw new ErrnoException(
            Errno.ENOTEMPTY,
            "%s: expected an empty directory or none, found %s in it"
                .formatted(directory, there.next().getFileName()));
      }
    }
  }

  /** Extracts a member, after its directory. */
  public void add(Member member) {
    Optional<Member> parent = member.parent();
    if (parent.isEmpty()) {
      directories.put(member, root);
      return;
    }
    Path directory = directories.get(parent.get());
    if (directory != null) {
      attempt(member, () -> put(member, place(directory, member.name())));
    }
  }

  /** Sets the permissions of directories, which may forbid writing into them. */
  public void finish() {
    directories
        .reversed()
        .forEach((member, place) -> attempt(member, () -> HostAccess.give(place, member.access())));
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Member member, Step step) {
    try {
      step.run();
    } catch (FileAlreadyExistsException e) {
      report.failed(member, "expected a name of its own, found one that is taken: " + e.getFile());
    } catch (ErrnoException e) {
      report.failed(member, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      report.failed(member, "cannot be written: " + HostFailure.reason(e));
    } catch (InvalidPathException e) {
      report.failed(
          member,
          "expected a path that can be written on this host, found \"%s\": %s"
              .formatted(e.getInput(), e.getReason()));
    } catch (UnsupportedOperationException e) {
      report.failed(member, "cannot be written: " + e);
    }
  }

  private static Path place(Path directory, String name) throws ErrnoException {
    try {
      Path place = directory.getFileSystem().getPath(FileNames.shown(name));
      boolean one = place.getNameCount() == 1 && !place.isAbsolute();
      if (one && place.toString().equals(FileNames.shown(name)) && !NO_NAMES.contains(name)) {
        return directory.resolve(place);
      }
    } catch (InvalidPathException invalid) {
      throw badName(invalid.getReason(), name);
    }
    throw badName("it would leave the directory", name);
  }

  private static ErrnoException badName(String why, String name) {
    return new ErrnoException(
        Errno.EINVAL,
        "expected a name of one file, found \"%s\": %s".formatted(Printable.of(name), why));
  }

  private void put(Member member, Path place) throws IOException {
    switch (member.content()) {
      case Content.Data data -> putFile(member, data, place);
      case Content.Link link -> {
        Files.createSymbolicLink(place, place.getFileSystem().getPath(link.target().call()));
        HostAccess.giveOwner(place, member.access());
      }
      case Content.Device(int major, int minor) ->
          report.skipped(member, "%s %d, %d".formatted(member.access().what(), major, minor));
      case Content.Nothing nothing -> putDirectory(member, place);
    }
  }

  private void putDirectory(Member member, Path place) throws IOException {
    if (member.access().kind() != FileKind.DIRECTORY) {
      report.skipped(member, member.access().what());
      return;
    }
    Files.createDirectory(place);
    directories.put(member, place);
  }

  /** Another name of a file becomes a hard link if the host has them. */
  private void putFile(Member member, Content.Data data, Path place) throws IOException {
    Path known = files.get(data.identity());
    if (known != null && isLinked(place, known)) {
      return;
    }
    copy(data, place);
    HostAccess.give(place, member.access());
    files.put(data.identity(), place);
  }

  private static boolean isLinked(Path place, Path known) throws IOException {
    try {
      Files.createLink(place, known);
      return true;
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (IOException | UnsupportedOperationException noLinks) {
      return false;
    }
  }

  /** Removes a file that cannot be read to its end. */
  private static void copy(Content.Data data, Path place) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      data.bytes().copyTo(out);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (IOException e) {
      Files.deleteIfExists(place);
      throw e;
    }
  }
}
