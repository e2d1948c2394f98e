package dev.nommu.hostfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FilePermissions;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tree accessed by paths, for hosts that cannot hold a directory open. Before and after each
 * operation the real path of its directory must match its names: a link on the way would change it.
 * Data read elsewhere is not returned, and a file created elsewhere is removed again; but if
 * another program replaces a directory with a link between two system calls, a remove, move or
 * chmod elsewhere is not undone.
 *
 * @param root the directory, a real path
 */
record CheckedHostTree(Path root) implements HostTree {

  /** An operation on a file. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Path file) throws IOException;
  }

  /** Undoes a change to a file elsewhere. */
  @FunctionalInterface
  private interface Undo<T> {
    void of(Path file, T result) throws IOException;
  }

  private <T> T checked(Location location, Work<T> work, Undo<T> undo) throws IOException {
    Path path = path(location);
    T result = work.on(path);
    try {
      path(location);
      return result;
    } catch (IOException elsewhere) {
      undo.of(path, result);
      throw elsewhere;
    }
  }

  private <T> T checked(Location location, Work<T> work) throws IOException {
    return checked(location, work, (file, result) -> {});
  }

  @Override
  public HostAttributes attributes(Location location) throws IOException {
    return checked(location, CheckedHostTree::read);
  }

  private static HostAttributes read(Path path) throws IOException {
    Optional<PosixFileAttributeView> posix = posix(path);
    return HostAttributes.of(
        posix.isPresent()
            ? posix.get().readAttributes()
            : Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes());
  }

  private static Optional<PosixFileAttributeView> posix(Path path) {
    return Optional.ofNullable(
        Files.getFileAttributeView(path, PosixFileAttributeView.class, NOFOLLOW_LINKS));
  }

  @Override
  public Map<String, HostAttributes> list(Location directory) throws IOException {
    Map<String, HostAttributes> entries = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory(directory))) {
      for (Path path : stream) {
        readIfThere(path).ifPresent(found -> entries.put(path.getFileName().toString(), found));
      }
    }
    directory(directory);
    return entries;
  }

  private static Optional<HostAttributes> readIfThere(Path path) throws IOException {
    try {
      return Optional.of(read(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public SeekableByteChannel open(Location location, Set<? extends OpenOption> options)
      throws IOException {
    return checked(
        location,
        path -> open(path, options),
        (path, channel) -> {
          channel.close();
          if (options.contains(CREATE_NEW)) {
            Files.delete(path);
          }
        });
  }

  /**
   * An archive has no links and does not support NOFOLLOW_LINKS. It is not written to: its channels
   * for that start out empty.
   */
  private static SeekableByteChannel open(Path path, Set<? extends OpenOption> options)
      throws IOException {
    try {
      return Files.newByteChannel(path, options);
    } catch (IllegalArgumentException unknownOption) {
      if (options.contains(WRITE)) {
        throw new ReadOnlyFileSystemException();
      }
      return Files.newByteChannel(path, READ);
    }
  }

  @Override
  public void createDirectory(Location location) throws IOException {
    checked(location, Files::createDirectory, (path, made) -> Files.delete(path));
  }

  @Override
  public void deleteFile(Location location) throws IOException {
    checked(location, CheckedHostTree::delete);
  }

  @Override
  public void deleteDirectory(Location location) throws IOException {
    checked(location, CheckedHostTree::delete);
  }

  private static Path delete(Path path) throws IOException {
    Files.delete(path);
    return path;
  }

  @Override
  public void move(Location from, Location to) throws IOException {
    Path target = path(to);
    checked(from, path -> Files.move(path, target, StandardCopyOption.REPLACE_EXISTING));
    path(to);
  }

  @Override
  public String readLink(Location location) throws IOException {
    Path target = checked(location, Files::readSymbolicLink);
    return target.toString().replace(root.getFileSystem().getSeparator(), "/");
  }

  @Override
  public void chmod(Location location, int permissions) throws IOException {
    checked(location, path -> chmod(location, path, permissions));
  }

  private static Path chmod(Location location, Path path, int permissions) throws IOException {
    posix(path)
        .orElseThrow(() -> noModes("chmod " + location))
        .setPermissions(FilePermissions.ofMode(permissions));
    return path;
  }

  @Override
  public void setTimes(Location location, Instant accessed, Instant modified) throws IOException {
    Files.getFileAttributeView(path(location), BasicFileAttributeView.class, NOFOLLOW_LINKS)
        .setTimes(FileTime.from(modified), FileTime.from(accessed), null);
  }

  static ErrnoException noModes(String operation) {
    return new ErrnoException(Errno.EPERM, operation + ": the host does not support modes");
  }

  private Path path(Location location) throws IOException {
    if (location.equals(Location.ROOT)) {
      return root;
    }
    return directory(location.parent()).resolve(component(location.name()));
  }

  private Path directory(Location location) throws IOException {
    Path path = root;
    for (String name : location.names()) {
      path = path.resolve(component(name));
    }
    Path real = path.toRealPath();
    if (!real.toString().equals(path.toString())) {
      throw new ErrnoException(
          Errno.ELOOP, location + ": expected a directory, found a link to " + real);
    }
    return path;
  }

  @Override
  public void close() {}
}
