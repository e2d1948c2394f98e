package dev.nommu.kernel.device;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostBytes;
import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/**
 * A regular file of the host, or of any {@code java.nio} file system. One machine writes it at a
 * time, as far as the file system has locks. Thread-safe.
 */
final class ImageFile implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  /** No larger than the blocks of any disk. */
  private static final int BLOCK = 1 << 12;

  private final String name;
  private final HostChannel channel;

  /** Creates a file over a channel, which it then owns. */
  ImageFile(String name, HostChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /**
   * Opens a file for writing.
   *
   * @throws ErrnoException EBUSY if another machine uses it, EIO if it does not exist or cannot be
   *     written
   */
  static ImageFile open(Path path) throws ErrnoException {
    return open(path, () -> locked(path, openWritable(path)));
  }

  /**
   * Opens a file for reading.
   *
   * @throws ErrnoException EIO if it does not exist or cannot be read
   */
  static ImageFile openReadOnly(Path path) throws ErrnoException {
    return open(path, () -> Files.newByteChannel(path));
  }

  private static ImageFile open(Path path, CallableOp<SeekableByteChannel, IOException> opening)
      throws ErrnoException {
    try {
      requireRegular(path);
      return new ImageFile(path.toString(), new HostChannel(opening));
    } catch (IOException failure) {
      throw HostFailure.ofDevice("image " + path + ": cannot be opened", failure);
    }
  }

  /** Opening a pipe blocks until the other end is opened. */
  private static void requireRegular(Path path) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
      throw new IOException("expected a regular file, found something else");
    }
  }

  /**
   * Opens a file with its contents. In an archive, only a {@link FileChannel} has them: any other
   * writable channel begins empty.
   */
  private static SeekableByteChannel openWritable(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (UnsupportedOperationException noFileChannels) {
      return Files.newByteChannel(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
  }

  private static SeekableByteChannel locked(Path path, SeekableByteChannel channel)
      throws IOException {
    if (channel instanceof FileChannel file && !isLocked(file)) {
      channel.close();
      throw new ErrnoException(
          Errno.EBUSY, "image " + path + ": another machine already writes to it");
    }
    return channel;
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  /** Returns its name in messages. */
  String name() {
    return name;
  }

  /**
   * Returns its size in bytes.
   *
   * @throws ErrnoException EIO
   */
  synchronized long size() throws ErrnoException {
    return attempt("size", () -> channel.use(SeekableByteChannel::size));
  }

  /**
   * Reads exactly {@code into.byteSize()} bytes.
   *
   * @throws ErrnoException EIO, also if the file ends earlier
   */
  synchronized void read(MemorySegment into, long offset) throws ErrnoException {
    attempt("read at 0x%x".formatted(offset), () -> channel.use(open -> read(open, into, offset)));
  }

  private static long read(SeekableByteChannel open, MemorySegment into, long offset)
      throws IOException {
    long count = HostBytes.read(open.position(offset), into);
    if (count < into.byteSize()) {
      throw new IOException(
          "expected %d bytes, found the end of the file after %d"
              .formatted(into.byteSize(), count));
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
    long done = 0;
    while (done < from.byteSize()) {
      done += HostBytes.write(open.position(offset + done), from.asSlice(done));
    }
    return done;
  }

  /**
   * Checks that the file still has its length.
   *
   * @throws ErrnoException EIO if another program has truncated it
   */
  void requireLength(long length) throws ErrnoException {
    long found = size();
    if (found < length) {
      throw new ErrnoException(
          Errno.EIO,
          "image %s: expected 0x%x bytes, found 0x%x: another program has truncated it"
              .formatted(name, length, found));
    }
  }

  /**
   * Extends the file to at least this length. It grows at its end, so that the existing part stays
   * valid even if this fails halfway.
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
   * Allocates space on the host's disk for the first bytes of the file. A hole has none: data
   * stored there through a mapping is lost when the disk is full.
   *
   * @throws ErrnoException EIO, also if the disk is full
   */
  void fillHoles(long length) throws ErrnoException {
    MemorySegment block = MemorySegment.ofArray(new byte[BLOCK]);
    MemorySegment zeros = MemorySegment.ofArray(new byte[BLOCK]);
    for (long offset = 0; offset < length; offset += BLOCK) {
      MemorySegment part = block.asSlice(0, Math.min(BLOCK, length - offset));
      read(part, offset);
      if (part.mismatch(zeros.asSlice(0, part.byteSize())) < 0) {
        write(part, offset);
      }
    }
  }

  /**
   * Maps the first bytes of the file: stores to the memory reach the file. Empty if its file system
   * does not support mapping.
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
   * Blocks until all writes are on the host's disk, if the file system has one.
   *
   * @throws ErrnoException EIO
   */
  synchronized void force() throws ErrnoException {
    attempt("fsync", () -> channel.use(ImageFile::force));
  }

  private static boolean force(SeekableByteChannel open) throws IOException {
    boolean knowsDisks = open instanceof FileChannel;
    if (open instanceof FileChannel file) {
      file.force(true);
    }
    return knowsDisks;
  }

  /**
   * Closes the file; other machines can use it.
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

  private <T> T attempt(String what, CallableOp<T, IOException> attempt) throws ErrnoException {
    try {
      return attempt.call();
    } catch (IOException failure) {
      throw HostFailure.ofDevice("image %s: %s".formatted(name, what), failure);
    }
  }
}
