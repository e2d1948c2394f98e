package dev.nommu.kernel.vfs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A host directory being read. Its entries are reached by name from here, never through a symbolic
 * link, whatever other programs do to the directory meanwhile.
 */
interface SourceDirectory extends Closeable {
  /** Opens a directory. Links on the way to it are followed. */
  @SuppressWarnings("StreamResourceLeak") // closed with the directory
  static SourceDirectory open(Path directory) throws IOException {
    Path real = directory.toRealPath();
    DirectoryStream<Path> stream = Files.newDirectoryStream(real);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new OpenSource(real, secure);
    }
    stream.close();
    return new CheckedSource(real);
  }

  /** Returns the name that stands for the directory itself. */
  Path self();

  /** Returns the names in it, sorted. */
  List<Path> names() throws IOException;

  /**
   * Returns the host's attributes of a name itself: {@code PosixFileAttributes} if it has modes.
   */
  BasicFileAttributes attributes(Path name) throws IOException;

  /** Opens a regular file to be read. */
  SeekableByteChannel file(Path name) throws IOException;

  /** Opens a directory. */
  SourceDirectory directory(Path name) throws IOException;

  /** Returns the target of a symbolic link. */
  Path target(Path name) throws IOException;
}
