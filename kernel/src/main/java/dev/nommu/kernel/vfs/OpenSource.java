package dev.nommu.kernel.vfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A directory held open, so that changes of its path do not matter. Java cannot read a link
 * relative to it; the link is read by its path, and must be the one in here before and after.
 *
 * @param path where it was found
 * @param stream the open directory; closed with this
 */
record OpenSource(Path path, SecureDirectoryStream<Path> stream) implements SourceDirectory {

  @Override
  public Path self() {
    return path.getFileSystem().getPath(".");
  }

  @Override
  public List<Path> names() {
    List<Path> names = new ArrayList<>();
    stream.forEach(entry -> names.add(entry.getFileName()));
    return names.stream().sorted().toList();
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    PosixFileAttributeView modes =
        stream.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    return modes != null
        ? modes.readAttributes()
        : stream
            .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
            .readAttributes();
  }

  @Override
  public SeekableByteChannel file(Path name) throws IOException {
    return stream.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
  }

  @Override
  public SourceDirectory directory(Path name) throws IOException {
    return new OpenSource(path.resolve(name), stream.newDirectoryStream(name, NOFOLLOW_LINKS));
  }

  @Override
  public Path target(Path name) throws IOException {
    requireInHere(name);
    Path target = Files.readSymbolicLink(path.resolve(name));
    requireInHere(name);
    return target;
  }

  private void requireInHere(Path name) throws IOException {
    Object byPath =
        Files.readAttributes(path.resolve(name), BasicFileAttributes.class, NOFOLLOW_LINKS)
            .fileKey();
    if (!Objects.equals(byPath, attributes(name).fileKey())) {
      throw new FileSystemException(
          path.resolve(name).toString(), null, "another program replaces a directory above it");
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
