package dev.nommu.hostfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FilePermissions;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A tree accessed through open directories: the root is held open, and each directory is opened by
 * its name in its parent, as {@code openat} with {@code O_NOFOLLOW} does, so that paths changed
 * meanwhile do not matter.
 *
 * <p>Java cannot create a directory this way: it is created in the root under a unique name and
 * moved to its place, which must be in the same file store of the host. Nor can it read a link this
 * way: that uses a path, checked before and after.
 *
 * @param paths the same tree, accessed by paths
 * @param top the open root
 */
record SecureHostTree(CheckedHostTree paths, SecureDirectoryStream<Path> top) implements HostTree {

  /** An operation in an open directory. */
  @FunctionalInterface
  private interface Work<T> {
    T in(SecureDirectoryStream<Path> directory) throws IOException;
  }

  /** A change in an open directory. */
  @FunctionalInterface
  private interface Change {
    void in(SecureDirectoryStream<Path> directory) throws IOException;
  }

  @Override
  public Path root() {
    return paths.root();
  }

  @Override
  public HostAttributes attributes(Location location) throws IOException {
    if (location.equals(Location.ROOT)) {
      return read(top, self());
    }
    Path name = component(location.name());
    return in(location.parent(), directory -> read(directory, name));
  }

  private Path self() {
    return root().getFileSystem().getPath(".");
  }

  private static HostAttributes read(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    Optional<PosixFileAttributeView> posix = posix(directory, name);
    return HostAttributes.of(
        posix.isPresent()
            ? posix.get().readAttributes()
            : directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes());
  }

  private static Optional<PosixFileAttributeView> posix(
      SecureDirectoryStream<Path> directory, Path name) {
    return Optional.ofNullable(
        directory.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS));
  }

  @Override
  public Map<String, HostAttributes> list(Location location) throws IOException {
    return in(location, SecureHostTree::list);
  }

  private static Map<String, HostAttributes> list(SecureDirectoryStream<Path> directory)
      throws IOException {
    Map<String, HostAttributes> entries = new TreeMap<>();
    for (Path path : directory) {
      Path name = path.getFileName();
      readIfThere(directory, name).ifPresent(found -> entries.put(name.toString(), found));
    }
    return entries;
  }

  private static Optional<HostAttributes> readIfThere(
      SecureDirectoryStream<Path> directory, Path name) throws IOException {
    try {
      return Optional.of(read(directory, name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public SeekableByteChannel open(Location location, Set<? extends OpenOption> options)
      throws IOException {
    Path name = component(location.name());
    return in(location.parent(), directory -> directory.newByteChannel(name, options));
  }

  /** A move must not replace an existing target, not even an empty directory. */
  @Override
  public void createDirectory(Location location) throws IOException {
    Path name = component(location.name());
    change(
        location.parent(),
        directory -> {
          if (readIfThere(directory, name).isPresent()) {
            throw new FileAlreadyExistsException(location.toString());
          }
          moveNewDirectory(directory, name);
        });
  }

  private void moveNewDirectory(SecureDirectoryStream<Path> target, Path name) throws IOException {
    requireRootInPlace();
    Path made = Files.createDirectory(root().resolve(".nommu-" + UUID.randomUUID()));
    try {
      top.move(made.getFileName(), target, name);
    } catch (IOException failure) {
      Files.delete(made);
      throw failure;
    }
  }

  private void requireRootInPlace() throws IOException {
    if (!attributes(Location.ROOT).fileKey().equals(paths.attributes(Location.ROOT).fileKey())) {
      throw new ErrnoException(Errno.ENOENT, "another program has replaced " + root());
    }
  }

  @Override
  public void deleteFile(Location location) throws IOException {
    Path name = component(location.name());
    change(location.parent(), directory -> directory.deleteFile(name));
  }

  @Override
  public void deleteDirectory(Location location) throws IOException {
    Path name = component(location.name());
    change(location.parent(), directory -> directory.deleteDirectory(name));
  }

  /** If the host does not replace an existing target itself, the target is removed first. */
  @Override
  public void move(Location from, Location to) throws IOException {
    try {
      moveOnce(from, to);
    } catch (FileAlreadyExistsException e) {
      remove(to);
      moveOnce(from, to);
    }
  }

  private void remove(Location location) throws IOException {
    if (attributes(location).kind() == FileKind.DIRECTORY) {
      deleteDirectory(location);
    } else {
      deleteFile(location);
    }
  }

  private void moveOnce(Location from, Location to) throws IOException {
    Path oldName = component(from.name());
    Path newName = component(to.name());
    change(
        from.parent(),
        source -> change(to.parent(), target -> source.move(oldName, target, newName)));
  }

  @Override
  public String readLink(Location location) throws IOException {
    return paths.readLink(location);
  }

  @Override
  public void chmod(Location location, int permissions) throws IOException {
    if (location.equals(Location.ROOT)) {
      chmod(location, posix(top, self()), permissions);
      return;
    }
    Path name = component(location.name());
    change(location.parent(), directory -> chmod(location, posix(directory, name), permissions));
  }

  private static void chmod(
      Location location, Optional<PosixFileAttributeView> file, int permissions)
      throws IOException {
    file.orElseThrow(() -> CheckedHostTree.noModes("chmod " + location))
        .setPermissions(FilePermissions.ofMode(permissions));
  }

  @Override
  public void setTimes(Location location, Instant accessed, Instant modified) throws IOException {
    if (location.equals(Location.ROOT)) {
      paths.setTimes(location, accessed, modified);
      return;
    }
    Path name = component(location.name());
    change(
        location.parent(),
        directory ->
            directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified), FileTime.from(accessed), null));
  }

  private void change(Location location, Change change) throws IOException {
    in(
        location,
        directory -> {
          change.in(directory);
          return location;
        });
  }

  private <T> T in(Location location, Work<T> work) throws IOException {
    SecureDirectoryStream<Path> directory = top.newDirectoryStream(self(), NOFOLLOW_LINKS);
    try {
      for (String name : location.names()) {
        SecureDirectoryStream<Path> above = directory;
        directory = above.newDirectoryStream(component(name), NOFOLLOW_LINKS);
        above.close();
      }
      return work.in(directory);
    } finally {
      directory.close();
    }
  }

  @Override
  public void close() throws IOException {
    top.close();
  }
}
