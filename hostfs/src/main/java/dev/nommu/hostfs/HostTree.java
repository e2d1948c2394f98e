package dev.nommu.hostfs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A directory of the host and the tree below it: the only access to the host. No operation follows
 * a symbolic link, neither as the last name nor before it. Safe for concurrent use.
 */
sealed interface HostTree extends Closeable permits SecureHostTree, CheckedHostTree {

  /**
   * Returns the tree below a directory.
   *
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("StreamResourceLeak") // closed with the tree
  static HostTree of(Path directory) throws IOException {
    CheckedHostTree tree = new CheckedHostTree(directory.toRealPath());
    DirectoryStream<Path> stream = Files.newDirectoryStream(tree.root());
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureHostTree(tree, secure);
    }
    stream.close();
    return tree;
  }

  /** Returns the directory, as a path without links. */
  Path root();

  /** Returns the current attributes of a file on the host. */
  HostAttributes attributes(Location location) throws IOException;

  /** Returns the names in a directory in alphabetical order, with their attributes. */
  Map<String, HostAttributes> list(Location directory) throws IOException;

  /** Opens a regular file, with the options of {@link Files#newByteChannel}. */
  SeekableByteChannel open(Location location, Set<? extends OpenOption> options) throws IOException;

  /** Creates a directory; the name must not exist. */
  void createDirectory(Location location) throws IOException;

  /** Removes a name that is not a directory. */
  void deleteFile(Location location) throws IOException;

  /** Removes an empty directory. */
  void deleteDirectory(Location location) throws IOException;

  /** Moves a name; the target does not exist or can be replaced. */
  void move(Location from, Location to) throws IOException;

  /** Returns the target of a symbolic link. */
  String readLink(Location location) throws IOException;

  /**
   * Sets the low nine mode bits.
   *
   * @throws IOException with EPERM if the host has no modes
   */
  void chmod(Location location, int permissions) throws IOException;

  /** Sets two of the times of a file. */
  void setTimes(Location location, Instant accessed, Instant modified) throws IOException;

  /**
   * Returns a name as a path on the host.
   *
   * @throws IOException with EINVAL if it is not a plain name on the host
   */
  default Path component(String name) throws IOException {
    return HostName.of(root().getFileSystem(), name);
  }
}
