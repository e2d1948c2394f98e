package dev.nommu.kernel.device;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.HostFailure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file of the host, or of any {@code java.nio} file system, that is written. One machine has it
 * at a time, as far as the file system has locks. Thread-safe.
 */
final class HostFile implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final String name;
  private final HostChannel channel;

  /** Creates a file over a channel, which it then owns. */
  HostFile(String name, HostChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /**
   * Opens a file.
   *
   * @throws ErrnoException EBUSY if another machine has it, EIO if it is not there or cannot be
   *     written
   */
  static HostFile open(Path path) throws ErrnoException {
    HostFile file = new HostFile(path.toString(), channel(path));
    if (!file.lock()) {
      file.close();
      throw new ErrnoException(
          Errno.EBUSY, "image " + path + ": another machine writes to it already");
    }
    return file;
  }

  private static HostChannel channel(Path path) throws ErrnoException {
    try {
      return new HostChannel(() -> openWritable(path));
    } catch (IOException failure) {
      throw new ErrnoException(
          Errno.EIO,
          "image " + path + ": cannot be opened: " + HostFailure.reason(failure),
          failure);
    }
  }

  /**
   * Opens a file with what is in it. Of an archive only a {@link FileChannel} has that: another
   * channel that can be written begins empty.
   */
  private static SeekableByteChannel openWritable(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (UnsupportedOperationException noFileChannels) {
      return Files.newByteChannel(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
  }

  /** Returns whether nobody else has the file. */
  private boolean lock() throws ErrnoException {
    return attempt("lock", channel::lock);
  }

  /** Returns what messages call it. */
  String name() {
    return name;
  }

  /**
   * Returns how many bytes it has.
   *
   * @throws ErrnoException EIO
   */
  synchronized long size() throws ErrnoException {
    return attempt("size", () -> channel.use(SeekableByteChannel::size));
  }

  /**
   * Reads exactly {@code into.byteSize()} bytes.
   *
   * @throws ErrnoException EIO, also if it ends before
   */
  synchronized void read(MemorySegment into, long offset) throws ErrnoException {
    attempt("read at 0x%x".formatted(offset), () -> channel.use(open -> read(open, into, offset)));
  }

  private static long read(SeekableByteChannel open, MemorySegment into, long offset)
      throws IOException {
    open.position(offset);
    long done = 0;
    while (done < into.byteSize()) {
      done += readSome(open, into.asSlice(done, Math.min(CHUNK, into.byteSize() - done)));
    }
    return done;
  }

  private static int readSome(SeekableByteChannel open, MemorySegment into) throws IOException {
    int count = open.read(into.asByteBuffer());
    if (count < 0) {
      throw new IOException("expected " + into.byteSize() + " bytes more, found the end");
    }
    return count;
  }

  /**
   * Writes all bytes of a segment. The file gets longer if they go past its end.
   *
   * @throws ErrnoException EIO
   */
  synchronized void write(MemorySegment from, long offset) throws ErrnoException {
    attempt(
        "write at 0x%x".formatted(offset), () -> channel.use(open -> write(open, from, offset)));
  }

  private static long write(SeekableByteChannel open, MemorySegment from, long offset)
      throws IOException {
    open.position(offset);
    long done = 0;
    while (done < from.byteSize()) {
      long length = Math.min(CHUNK, from.byteSize() - done);
      done += open.write(from.asSlice(done, length).asByteBuffer());
    }
    return done;
  }

  /**
   * Makes the file at least so long. It grows from its end on, so that what is there is always
   * right, however far this comes.
   *
   * @throws ErrnoException EIO
   */
  void extend(long length, byte filler) throws ErrnoException {
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, filler);
    for (long end = size(); end < length; end = size()) {
      write(MemorySegment.ofArray(chunk).asSlice(0, Math.min(CHUNK, length - end)), end);
    }
  }

  /**
   * Returns the first bytes of the file as memory: what is stored into it is in the file. Empty if
   * its file system cannot do so.
   *
   * @throws ErrnoException EIO
   */
  synchronized Optional<MemorySegment> map(long length, Arena arena) throws ErrnoException {
    return attempt("map", () -> channel.use(open -> map(open, length, arena)));
  }

  private static Optional<MemorySegment> map(SeekableByteChannel open, long length, Arena arena)
      throws IOException {
    if (!(open instanceof FileChannel file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(file.map(MapMode.READ_WRITE, 0, length, arena));
    } catch (UnsupportedOperationException cannotMap) {
      return Optional.empty();
    }
  }

  /**
   * Returns when all that was written is on the disk of the host, where the file system knows of
   * disks.
   *
   * @throws ErrnoException EIO
   */
  synchronized void force() throws ErrnoException {
    attempt("fsync", () -> channel.use(HostFile::force));
  }

  private static boolean force(SeekableByteChannel open) throws IOException {
    boolean knowsDisks = open instanceof FileChannel;
    if (open instanceof FileChannel file) {
      file.force(true);
    }
    return knowsDisks;
  }

  /**
   * Lets other machines have it.
   *
   * @throws ErrnoException EIO
   */
  @Override
  public synchronized void close() throws ErrnoException {
    attempt(
        "close",
        () -> {
          channel.close();
          return name;
        });
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T attempt(String what, Attempt<T> attempt) throws ErrnoException {
    try {
      return attempt.run();
    } catch (IOException failure) {
      throw new ErrnoException(
          Errno.EIO, "image %s: %s: %s".formatted(name, what, failure), failure);
    }
  }
}
