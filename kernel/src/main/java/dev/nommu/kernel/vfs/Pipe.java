package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;

/** A pipe of 64 KiB, as Linux has. Readers and writers wait for each other. Thread-safe. */
final class Pipe {
  private static final int CAPACITY = 65536;

  private final byte[] ring = new byte[CAPACITY];
  private final MemorySegment bytes = MemorySegment.ofArray(ring);
  private int first;
  private int filled;
  private int readers;
  private int writers;

  /** Opens an end, or both; waits until there is somebody at the other one. */
  synchronized OpenFile open(AccessMode mode) throws ErrnoException {
    readers += mode.reads() ? 1 : 0;
    writers += mode.writes() ? 1 : 0;
    notifyAll();
    try {
      while (readers == 0 || writers == 0) {
        await();
      }
    } catch (ErrnoException interrupted) {
      closed(mode);
      throw interrupted;
    }
    return new End(mode);
  }

  private synchronized void closed(AccessMode mode) {
    readers -= mode.reads() ? 1 : 0;
    writers -= mode.writes() ? 1 : 0;
    notifyAll();
  }

  @SuppressWarnings("WaitNotInLoop") // all who call it do so in a loop
  private void await() throws ErrnoException {
    try {
      wait();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new ErrnoException(Errno.EINTR, "pipe: interrupted while waiting", interrupt);
    }
  }

  private synchronized long read(MemorySegment into) throws ErrnoException {
    while (filled == 0 && writers > 0) {
      await();
    }
    int count = (int) Math.min(filled, into.byteSize());
    int run = Math.min(count, CAPACITY - first);
    MemorySegment.copy(bytes, first, into, 0, run);
    MemorySegment.copy(bytes, 0, into, run, count - run);
    first = (first + count) % CAPACITY;
    filled -= count;
    notifyAll();
    return count;
  }

  private synchronized long write(MemorySegment from) throws ErrnoException {
    while (filled == CAPACITY && readers > 0) {
      await();
    }
    if (readers == 0) {
      throw new ErrnoException(Errno.EPIPE, "pipe: write of " + from.byteSize() + ": no reader");
    }
    int count = (int) Math.min(CAPACITY - filled, from.byteSize());
    int at = (first + filled) % CAPACITY;
    int run = Math.min(count, CAPACITY - at);
    MemorySegment.copy(from, 0, bytes, at, run);
    MemorySegment.copy(from, run, bytes, 0, count - run);
    filled += count;
    notifyAll();
    return count;
  }

  private final class End implements ReadableFile, WritableFile {
    private final AccessMode mode;

    End(AccessMode mode) {
      this.mode = mode;
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return Pipe.this.read(into);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return Pipe.this.write(from);
    }

    @Override
    public void close() {
      closed(mode);
    }
  }
}
