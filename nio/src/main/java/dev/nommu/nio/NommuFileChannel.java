package dev.nommu.nio;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Whence;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An open file. Its position is the kernel's, so reads and writes move it atomically. */
final class NommuFileChannel extends FileChannel {
  private static final int PIECE = 64 << 10;

  private final NommuPath path;
  private final OpenRequest request;
  private final OpenDescriptor descriptor;
  private final FileLocks locks;
  private final FileKey key;

  NommuFileChannel(
      NommuPath path,
      OpenRequest request,
      OpenDescriptor descriptor,
      FileLocks locks,
      FileKey key) {
    this.path = path;
    this.request = request;
    this.descriptor = descriptor;
    this.locks = locks;
    this.key = key;
  }

  /** Makes a call that an interrupt or a close of the channel can end. */
  private <T> T call(OpenDescriptor.Call<T> call) throws IOException {
    requireOpen();
    @Nullable T result = null;
    try {
      begin();
      result = call(path, call);
      return result;
    } finally {
      end(result != null);
    }
  }

  private <T> T call(NommuPath about, OpenDescriptor.Call<T> call) throws IOException {
    try {
      return descriptor.call(call);
    } catch (ErrnoException failure) {
      if (!isOpen()) {
        throw new AsynchronousCloseException();
      }
      throw Failures.of(about, failure);
    }
  }

  private void requireOpen() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private void requireReadable() throws IOException {
    requireOpen();
    if (!isReadable()) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWritable() throws IOException {
    requireOpen();
    if (!isWritable()) {
      throw new NonWritableChannelException();
    }
  }

  boolean isReadable() {
    return request.has(StandardOpenOption.READ);
  }

  boolean isWritable() {
    return request.has(StandardOpenOption.WRITE);
  }

  private static long requireNotNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s %d: expected 0 or more".formatted(what, value));
    }
    return value;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireReadable();
    return read(into, (task, fd) -> task.read(fd, MemorySegment.ofBuffer(into)));
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    requireNotNegative("position", position);
    requireReadable();
    return read(into, (task, fd) -> task.pread(fd, MemorySegment.ofBuffer(into), position));
  }

  private int read(ByteBuffer into, OpenDescriptor.Call<Long> reading) throws IOException {
    requireWritable(into);
    if (!into.hasRemaining()) {
      return 0;
    }
    int read = Math.toIntExact(call(reading));
    into.position(into.position() + read);
    return read == 0 ? -1 : read;
  }

  private static void requireWritable(ByteBuffer into) {
    if (into.isReadOnly()) {
      throw new IllegalArgumentException("a read-only buffer");
    }
  }

  /** In one read, so that no other read takes a part in between. */
  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    BufferVector vector = BufferVector.of(into, offset, length);
    requireReadable();
    vector.buffers().forEach(NommuFileChannel::requireWritable);
    ByteBuffer whole = vector.whole();
    int read = read(whole);
    vector.scatter(whole.flip());
    return read;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireWritable();
    return write(from, (task, fd) -> task.write(fd, MemorySegment.ofBuffer(from)));
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    requireNotNegative("position", position);
    requireWritable();
    return write(from, (task, fd) -> task.pwrite(fd, MemorySegment.ofBuffer(from), position));
  }

  private int write(ByteBuffer from, OpenDescriptor.Call<Long> writing) throws IOException {
    int written = from.hasRemaining() ? Math.toIntExact(call(writing)) : 0;
    from.position(from.position() + written);
    return written;
  }

  /** In one write, so that no other write comes in between. */
  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    BufferVector vector = BufferVector.of(from, offset, length);
    requireWritable();
    int written = write(vector.gathered());
    vector.advance(written);
    return written;
  }

  /** For a file opened with APPEND this is its size. */
  @Override
  public long position() throws IOException {
    return request.has(StandardOpenOption.APPEND)
        ? size()
        : call((task, fd) -> task.lseek(fd, 0, Whence.CURRENT));
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    requireOpen();
    requireNotNegative("position", newPosition);
    if (!request.has(StandardOpenOption.APPEND)) {
      call((task, fd) -> task.lseek(fd, newPosition, Whence.START));
    }
    return this;
  }

  @Override
  public long size() throws IOException {
    return call((task, fd) -> task.fstat(fd).attributes().size());
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireOpen();
    requireNotNegative("size", size);
    requireWritable();
    if (size < size()) {
      resize(size);
    }
    if (position() > size) {
      position(size);
    }
    return this;
  }

  /** Sets the size. */
  void resize(long size) throws IOException {
    call((task, fd) -> {
      task.ftruncate(fd, size);
      return size;
    });
  }

  /** Makes written data durable, as {@code fsync} or {@code fdatasync} does. */
  @Override
  public void force(boolean metaData) throws IOException {
    call((task, fd) -> {
      if (metaData) {
        task.descriptors().fsync(fd);
      } else {
        task.descriptors().fdatasync(fd);
      }
      return fd;
    });
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    requireOpen();
    requireTargetOpen(target);
    requireReadable();
    requireNotNegative("position", position);
    requireNotNegative("count", count);
    long moved = 0;
    while (moved < count) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count - moved));
      int read = read(piece, position + moved);
      if (read <= 0) {
        return moved;
      }
      int written = target.write(piece.flip());
      moved += written;
      if (written < read) {
        return moved;
      }
    }
    return moved;
  }

  private static void requireTargetOpen(Channel target) throws IOException {
    if (!target.isOpen()) {
      throw new ClosedChannelException();
    }
    if (target instanceof NommuFileChannel file) {
      file.requireWritable();
    }
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    requireOpen();
    if (!source.isOpen()) {
      throw new ClosedChannelException();
    }
    requireWritable();
    requireNotNegative("position", position);
    requireNotNegative("count", count);
    if (position > size()) {
      return 0;
    }
    long moved = 0;
    while (moved < count) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count - moved));
      if (source.read(piece) <= 0) {
        return moved;
      }
      piece.flip();
      while (piece.hasRemaining()) {
        moved += write(piece, position + moved);
      }
    }
    return moved;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The mapping ends some time after the last buffer of it becomes unreachable.
   */
  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("size %d: expected an int".formatted(size));
    }
    return new ChannelMap(this, mode, position, size).buffer();
  }

  /** {@inheritDoc} Closing the arena ends the mapping. */
  @Override
  public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
    return new ChannelMap(this, mode, offset, size).segment(arena);
  }

  /** Maps a page-aligned part of the file. */
  MemorySegment map(
      Arena arena, Executor unmapping, long length, int protection, int flags, long offset)
      throws IOException, ErrnoException {
    requireOpen();
    return descriptor.call(
        (task, fd) -> task.arenas().map(arena, unmapping, length, protection, flags, fd, offset));
  }

  /** Returns the name of the open file, for messages. */
  NommuPath path() {
    return path;
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    requireLockable(shared);
    return locks.add(key, this, position, size, shared);
  }

  /** Locks a region for an asynchronous channel. */
  FileLock lock(AsynchronousFileChannel by, long position, long size, boolean shared)
      throws IOException {
    requireLockable(shared);
    return locks.add(key, by, position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    requireLockable(shared);
    return locks.add(key, this, position, size, shared);
  }

  private void requireLockable(boolean shared) throws IOException {
    if (shared) {
      requireReadable();
    } else {
      requireWritable();
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    locks.releaseClosed(key);
    path.getFileSystem().closed(this);
    try {
      descriptor.close();
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.ESRCH) {
        throw Failures.of(path, failure);
      }
    }
  }
}
