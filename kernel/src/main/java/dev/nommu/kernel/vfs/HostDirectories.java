package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.kernel.board.Simulation.HostDirectory;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.log.KernelLog;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The host directories that a board names. One that is not persistent is copied before it is
 * mounted for writing, so that the host's files stay unchanged. Thread-safe.
 */
public final class HostDirectories implements AutoCloseable {
  private final Map<String, HostDirectory> named;
  private final KernelLog log;
  private final Map<Path, TemporaryDirectory> copies = new ConcurrentHashMap<>();

  /**
   * Creates the set of a board's directories; nothing is copied yet.
   *
   * @param log receives the files that a copy omits
   */
  public HostDirectories(Map<String, HostDirectory> named, KernelLog log) {
    this.named = Map.copyOf(named);
    this.log = log;
  }

  /**
   * Returns the directory to serve under a name until {@link #release}, or empty if the board has
   * none of this name.
   *
   * @throws ErrnoException EIO if it cannot be copied; EROFS if it is to be written, and is
   *     read-only, or persistent in an archive
   */
  Optional<Path> directory(String name, AccessMode access) throws ErrnoException {
    HostDirectory host = named.get(name);
    if (host == null) {
      return Optional.empty();
    }
    if (access.writes()) {
      requireWritable(name, host);
    }
    boolean copied = access.writes() && host.keeping() == Keeping.VOLATILE;
    return Optional.of(copied ? copy(host.directory()) : host.directory());
  }

  private static void requireWritable(String name, HostDirectory host) throws ErrnoException {
    if (host.keeping() == Keeping.READ_ONLY) {
      throw new ErrnoException(
          Errno.EROFS, name + ": the directory is read-only: expected the option ro");
    }
    if (host.keeping() == Keeping.PERSISTENT && isArchive(host.directory())) {
      throw new ErrnoException(
          Errno.EROFS,
          "%s: the directory %s is in an archive: expected the option ro, or one not persistent"
              .formatted(name, host.directory()));
    }
  }

  /** The platform's file system of zip and jar files cannot rename directories, among others. */
  private static boolean isArchive(Path directory) {
    return directory.getFileSystem().provider().getScheme().equals("jar");
  }

  /** The copy is registered before it is made: a concurrent close deletes it. */
  private Path copy(Path directory) throws ErrnoException {
    TemporaryDirectory place = place(directory);
    Path copy = place.path().resolve("copy");
    copies.put(copy, place);
    try {
      HostCopy.Place to = new HostCopy.Place(copy, place.path().resolve("s"));
      HostCopy.copy(directory, () -> SourceDirectory.open(directory), to, log::print);
      return copy;
    } catch (ErrnoException failure) {
      release(copy);
      throw failure;
    }
  }

  private static TemporaryDirectory place(Path directory) throws ErrnoException {
    Path parent = parent(directory);
    try {
      return TemporaryDirectory.in(parent);
    } catch (IOException failure) {
      throw new ErrnoException(
          Errno.EIO,
          "the host's directory %s: there is no place for its copy: %s: %s"
              .formatted(directory, parent, HostFailure.reason(failure)),
          failure);
    }
  }

  /**
   * A copy stays on the same kind of file system, so that a test needs nothing from the host; but
   * the copy of a directory in an archive is made outside it.
   */
  private static Path parent(Path directory) {
    Path beside = directory.toAbsolutePath().getParent();
    return directory.getFileSystem().equals(FileSystems.getDefault())
            || isArchive(directory)
            || beside == null
        ? Path.of(System.getProperty("java.io.tmpdir"))
        : beside;
  }

  /** Ends the use of a directory, and deletes a copy. Logs anything that remains. */
  void release(Path directory) {
    TemporaryDirectory copy = copies.remove(directory);
    if (copy != null) {
      delete(copy);
    }
  }

  private void delete(TemporaryDirectory copy) {
    try {
      copy.close();
    } catch (IOException remains) {
      log.print("%s: cannot be deleted: %s".formatted(copy.path(), remains));
    }
  }

  /** Deletes the copies. Logs anything that remains. */
  @Override
  public void close() {
    copies.values().forEach(this::delete);
    copies.clear();
  }
}
