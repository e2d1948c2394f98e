package dev.nommu.kernel.vfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.kernel.call.FallibleAction;
import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Copies a host directory so that a machine sees the copy as it would see the original: links are
 * links, all names of a file are names of one file, holes stay holes, and anything other than a
 * file, directory or link becomes a socket, as hostfs shows it. Nothing is opened through a link,
 * and nothing but regular files is opened at all.
 */
final class HostCopy {
  private static final int BLOCK = 1 << 16;

  private final Path origin;
  private final Path socket;
  private final Consumer<String> log;
  private final Map<Object, Path> copied = new HashMap<>();
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
  private final ByteBuffer zeros = ByteBuffer.allocate(BLOCK);

  private HostCopy(Path origin, Path socket, Consumer<String> log) {
    this.origin = origin;
    this.socket = socket;
    this.log = log;
  }

  /**
   * The target of a copy.
   *
   * @param directory to be created
   * @param socket a short, unused path on the same file system, at which sockets are created
   */
  record Place(Path directory, Path socket) {}

  /**
   * Copies the contents of a directory into a new one.
   *
   * @param origin the directory's name in messages
   * @param log receives the files that could not be copied
   * @throws ErrnoException EIO: which file of the directory could not be copied, and why
   */
  static void copy(
      Path origin,
      CallableOp<SourceDirectory, IOException> opening,
      Place place,
      Consumer<String> log)
      throws ErrnoException {
    HostCopy copy = new HostCopy(origin, place.socket(), log);
    copy.attempt(
        "",
        () -> {
          try (SourceDirectory source = opening.call()) {
            copy.directory(source, place.directory(), "");
            imitate(source.attributes(source.self()), place.directory());
          }
        });
  }

  private void attempt(String location, FallibleAction<IOException> step) throws ErrnoException {
    try {
      step.run();
    } catch (DirectoryIteratorException failure) {
      throw failure(location, Objects.requireNonNull(failure.getCause()));
    } catch (IOException failure) {
      throw failure(location, failure);
    }
  }

  private ErrnoException failure(String location, IOException failure) {
    return HostFailure.ofDevice(
        "the host's directory %s: %scannot be copied"
            .formatted(origin, location.isEmpty() ? "" : location + " "),
        failure);
  }

  private void directory(SourceDirectory source, Path target, String location) throws IOException {
    Files.createDirectory(target);
    for (Path name : source.names()) {
      String at = location + "/" + name;
      attempt(at, () -> entry(source, name, child(target, name), at));
    }
  }

  /** A plain name in an archive may be a parent directory, or a drive, on the host. */
  private static Path child(Path directory, Path name) throws IOException {
    Path child = directory.resolve(name.toString());
    if (!directory.equals(child.normalize().getParent())) {
      throw new IOException("the host takes its name for the path " + child);
    }
    return child;
  }

  private void entry(SourceDirectory source, Path name, Path target, String location)
      throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = source.attributes(name);
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    }
    if (attributes.isSymbolicLink()) {
      Files.createSymbolicLink(target, link(source.target(name), target));
    } else if (attributes.isDirectory()) {
      try (SourceDirectory below = source.directory(name)) {
        directory(below, target, location);
      }
    } else if (attributes.isRegularFile()) {
      file(source, name, attributes, target);
    } else if (!special(target, location)) {
      return;
    }
    imitate(attributes, target);
  }

  private static void imitate(BasicFileAttributes attributes, Path target) throws IOException {
    if (attributes instanceof PosixFileAttributes posix && !attributes.isSymbolicLink()) {
      Files.setPosixFilePermissions(target, posix.permissions());
    }
    Files.getFileAttributeView(target, BasicFileAttributeView.class, NOFOLLOW_LINKS)
        .setTimes(attributes.lastModifiedTime(), null, null);
  }

  private static Path link(Path held, Path target) {
    String text = held.toString().replace(held.getFileSystem().getSeparator(), "/");
    return target.getFileSystem().getPath(text);
  }

  private void file(SourceDirectory source, Path name, BasicFileAttributes attributes, Path target)
      throws IOException {
    Object key = attributes.fileKey();
    if (key != null && copied.containsKey(key)) {
      Files.createLink(target, copied.get(key));
      return;
    }
    try (SeekableByteChannel from = source.file(name);
        SeekableByteChannel to = Files.newByteChannel(target, CREATE_NEW, WRITE, SPARSE)) {
      bytes(from, to, attributes.size());
    }
    if (key != null) {
      copied.put(key, target);
    }
  }

  /** Copies no more than the file had at first: another program may write faster than this. */
  private void bytes(SeekableByteChannel from, SeekableByteChannel to, long size)
      throws IOException {
    long done = 0;
    while (done < size && fill(from, size - done)) {
      if (block.mismatch(zeros.slice(0, block.limit())) >= 0) {
        write(to, done);
      }
      done += block.limit();
    }
    if (to.size() < done) {
      to.position(done - 1).write(ByteBuffer.allocate(1));
    }
  }

  private boolean fill(SeekableByteChannel from, long limit) throws IOException {
    block.clear().limit((int) Math.min(BLOCK, limit));
    while (block.hasRemaining() && from.read(block) >= 0) {}
    block.flip();
    return block.hasRemaining();
  }

  private void write(SeekableByteChannel to, long position) throws IOException {
    to.position(position);
    while (block.hasRemaining()) {
      to.write(block);
    }
  }

  /**
   * Java can create no other special file. Its address is limited in length, so it is created
   * elsewhere.
   */
  private boolean special(Path target, String location) {
    try (ServerSocketChannel made = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      made.bind(UnixDomainSocketAddress.of(socket));
      Files.move(socket, target);
      return true;
    } catch (IOException | UnsupportedOperationException cannot) {
      log.accept(
          "the host's directory %s: %s is left out: it is neither file, directory nor link, and"
                  .formatted(origin, location)
              + " cannot be shown: "
              + cannot.getMessage());
      return false;
    }
  }
}
