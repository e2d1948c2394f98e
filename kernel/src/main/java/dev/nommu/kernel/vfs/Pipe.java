package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.time.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe of 64 KiB, as Linux has (pipe(7)). Readers and writers wait for each other, unless their
 * end was opened with O_NONBLOCK. Thread-safe.
 */
final class Pipe {
  private static final int CAPACITY = 65536;

  /** Up to this many bytes are written in one piece. */
  private static final int PIPE_BUF = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final WaitQueue changed = new WaitQueue(lock, "a pipe");
  private final byte[] ring = new byte[CAPACITY];
  private final MemorySegment bytes = MemorySegment.ofArray(ring);
  private int first;
  private int filled;
  private int readers;
  private int writers;

  /** Counts openings, so that one that is over before it is noticed is noticed all the same. */
  private long openedToRead;

  private long openedToWrite;

  private interface Step<T> {
    T make() throws ErrnoException;
  }

  private <T> T locked(Step<T> step) throws ErrnoException {
    lock.lock();
    try {
      return step.make();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens an end, or both, of a named pipe; waits until there is somebody at the other one.
   *
   * @throws ErrnoException ENXIO with O_NONBLOCK for writing while nobody reads, EINTR
   */
  OpenFile open(OpenFlags flags) throws ErrnoException {
    return locked(() -> {
      boolean waits = !flags.has(OpenFlags.O_NONBLOCK);
      if (!waits && !flags.reads() && readers == 0) {
        throw new ErrnoException(Errno.ENXIO, "open of a pipe for writing: nobody reads it");
      }
      End end = enter(flags);
      if (waits) {
        awaitOther(flags.access());
      }
      return end;
    });
  }

  /** Opens an end of a pipe without a name, whose other end is about to be opened. */
  OpenFile openUnnamed(OpenFlags flags) throws ErrnoException {
    return locked(() -> enter(flags));
  }

  private End enter(OpenFlags flags) {
    readers += flags.reads() ? 1 : 0;
    writers += flags.writes() ? 1 : 0;
    openedToRead += flags.reads() ? 1 : 0;
    openedToWrite += flags.writes() ? 1 : 0;
    changed.wakeAll();
    return new End(flags);
  }

  private void awaitOther(AccessMode mode) throws ErrnoException {
    long readersSeen = openedToRead;
    long writersSeen = openedToWrite;
    try {
      while ((readers == 0 && openedToRead == readersSeen)
          || (writers == 0 && openedToWrite == writersSeen)) {
        changed.await();
      }
    } catch (ErrnoException interrupted) {
      leave(mode);
      throw interrupted;
    }
  }

  private void leave(AccessMode mode) {
    readers -= mode.reads() ? 1 : 0;
    writers -= mode.writes() ? 1 : 0;
    if (readers + writers == 0) {
      filled = 0;
    }
    changed.wakeAll();
  }

  private long read(MemorySegment into, OpenFlags flags) throws ErrnoException {
    while (filled == 0 && writers > 0) {
      await(flags, "read");
    }
    int count = (int) Math.min(filled, into.byteSize());
    int run = Math.min(count, CAPACITY - first);
    MemorySegment.copy(bytes, first, into, 0, run);
    MemorySegment.copy(bytes, 0, into, run, count - run);
    first = (first + count) % CAPACITY;
    filled -= count;
    changed.wakeAll();
    return count;
  }

  /** Writes all of it, or what could be written before something came between. */
  private long write(MemorySegment from, OpenFlags flags) throws ErrnoException {
    long written = 0;
    try {
      while (written < from.byteSize()) {
        awaitRoom(from.byteSize(), flags);
        written += put(from.asSlice(written));
      }
    } catch (ErrnoException stopped) {
      if (written == 0) {
        throw stopped;
      }
    }
    return written;
  }

  private void awaitRoom(long size, OpenFlags flags) throws ErrnoException {
    long wanted = size <= PIPE_BUF ? size : 1;
    while (readers > 0 && CAPACITY - filled < wanted) {
      await(flags, "write");
    }
    if (readers == 0) {
      throw new ErrnoException(Errno.EPIPE, "pipe: write of " + size + ": no reader");
    }
  }

  private void await(OpenFlags flags, String what) throws ErrnoException {
    if (flags.has(OpenFlags.O_NONBLOCK)) {
      throw new ErrnoException(Errno.EAGAIN, "pipe: " + what + " would have to wait");
    }
    changed.await();
  }

  private int put(MemorySegment from) {
    int count = (int) Math.min(CAPACITY - filled, from.byteSize());
    int at = (first + filled) % CAPACITY;
    int run = Math.min(count, CAPACITY - at);
    MemorySegment.copy(from, 0, bytes, at, run);
    MemorySegment.copy(from, run, bytes, 0, count - run);
    filled += count;
    changed.wakeAll();
    return count;
  }

  private final class End implements ReadableFile, WritableFile {
    private final OpenFlags flags;

    End(OpenFlags flags) {
      this.flags = flags;
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return locked(() -> Pipe.this.read(into, flags));
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return locked(() -> Pipe.this.write(from, flags));
    }

    @Override
    public void close() throws ErrnoException {
      locked(() -> {
        leave(flags.access());
        return true;
      });
    }
  }
}
