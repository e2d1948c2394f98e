package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.HostFailure;
import dev.nommu.kernel.board.Simulation.HostDirectory;
import dev.nommu.kernel.board.Simulation.Keeping;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;

/**
 * The directories of the host that a board names. One that is not persistent is copied before it is
 * mounted for writing, so that the host's files stay as they are. Thread-safe.
 */
public final class HostDirectories implements AutoCloseable {
  private final Map<String, HostDirectory> named;
  private final List<Path> copies = new ArrayList<>();

  /** Creates the set of a board's directories; nothing is copied yet. */
  public HostDirectories(Map<String, HostDirectory> named) {
    this.named = Map.copyOf(named);
  }

  /**
   * Returns the directory to serve under a name, or empty if the board has none of this name.
   *
   * @throws ErrnoException EIO if it cannot be copied; EROFS if it is read-only, or persistent in
   *     an archive, and to be written
   */
  synchronized Optional<Path> directory(String name, AccessMode access) throws ErrnoException {
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

  private Path copy(Path directory) throws ErrnoException {
    try {
      Path copy = emptyDirectory(directory);
      copies.add(copy);
      PathUtils.copyDirectory(directory, copy);
      return copy;
    } catch (IOException failure) {
      throw new ErrnoException(
          Errno.EIO,
          "the host's directory %s: cannot be copied: %s"
              .formatted(directory, HostFailure.reason(failure)),
          failure);
    }
  }

  /**
   * A copy stays on its own kind of file system, that of a test needs nothing from the host; but
   * that of what is in an archive does not go into the archive.
   */
  private static Path emptyDirectory(Path beside) throws IOException {
    return beside.getFileSystem().equals(FileSystems.getDefault()) || isArchive(beside)
        ? Files.createTempDirectory("nommu-")
        : Files.createTempDirectory(beside.toAbsolutePath().getParent(), "nommu-");
  }

  /**
   * Deletes the copies.
   *
   * @throws IOException if one cannot be deleted
   */
  @Override
  public synchronized void close() throws IOException {
    for (Path copy : copies) {
      PathUtils.deleteDirectory(copy);
    }
    copies.clear();
  }
}
