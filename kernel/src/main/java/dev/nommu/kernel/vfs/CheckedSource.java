package dev.nommu.kernel.vfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory of a file system that cannot hold one open. After each access to its contents, its
 * real path must be unchanged: a link on the way would change it.
 *
 * @param path a real path
 */
record CheckedSource(Path path) implements SourceDirectory {

  @Override
  public Path self() {
    return path.getFileSystem().getPath(".");
  }

  @Override
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      stream.forEach(entry -> names.add(entry.getFileName()));
    }
    requireHere();
    return names.stream().sorted().toList();
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    Path entry = path.resolve(name);
    PosixFileAttributeView modes =
        Files.getFileAttributeView(entry, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    BasicFileAttributes attributes =
        modes != null
            ? modes.readAttributes()
            : Files.getFileAttributeView(entry, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    requireHere();
    return attributes;
  }

  @Override
  public SeekableByteChannel file(Path name) throws IOException {
    SeekableByteChannel channel = open(path.resolve(name));
    try {
      requireHere();
    } catch (IOException elsewhere) {
      channel.close();
      throw elsewhere;
    }
    return channel;
  }

  /** An archive has no links and does not support the option not to follow them. */
  private static SeekableByteChannel open(Path file) throws IOException {
    try {
      return Files.newByteChannel(file, READ, NOFOLLOW_LINKS);
    } catch (IllegalArgumentException unknownOption) {
      return Files.newByteChannel(file, READ);
    }
  }

  @Override
  public SourceDirectory directory(Path name) throws IOException {
    CheckedSource below = new CheckedSource(path.resolve(name));
    below.requireHere();
    return below;
  }

  @Override
  public Path target(Path name) throws IOException {
    Path target = Files.readSymbolicLink(path.resolve(name));
    requireHere();
    return target;
  }

  private void requireHere() throws IOException {
    Path real = path.toRealPath();
    if (!real.toString().equals(path.toString())) {
      throw new FileSystemException(
          path.toString(), null, "not a directory of its own but a way to " + real);
    }
  }

  @Override
  public void close() {}
}
