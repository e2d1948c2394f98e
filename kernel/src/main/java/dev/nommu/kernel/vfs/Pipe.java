package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * A pipe of 64 KiB, as in Linux (pipe(7)). Readers and writers wait for each other, unless their
 * end is used with O_NONBLOCK. The lock of its inode guards it: all of its operations are called
 * with that held.
 */
final class Pipe {
  private static final int CAPACITY = 65536;

  /** Up to this many bytes are written atomically. */
  private static final int PIPE_BUF = 4096;

  private final FileWaitQueue changed = FileWaitQueue.ofTasks("a pipe");
  private final byte[] ring = new byte[CAPACITY];
  private final MemorySegment bytes = MemorySegment.ofArray(ring);
  private int first;
  private int filled;
  private int readers;
  private int writers;

  /** Count openings, so that one is noticed even if it is already closed. */
  private long openedToRead;

  private long openedToWrite;

  /**
   * Opens an end, or both, of a named pipe; waits until the other end is open.
   *
   * @throws ErrnoException ENXIO with O_NONBLOCK for writing without a reader, EINTR
   */
  OpenFile open(OpenFlags flags) throws ErrnoException {
    boolean waits = !flags.has(OpenFlags.O_NONBLOCK);
    if (!waits && !flags.reads() && readers == 0) {
      throw new ErrnoException(Errno.ENXIO, "open of a pipe for writing: nobody reads it");
    }
    End end = enter(flags);
    if (waits) {
      awaitOther(end);
    }
    return end;
  }

  /** Opens an end of an unnamed pipe, whose other end is about to be opened. */
  OpenFile openUnnamed(OpenFlags flags) {
    return enter(flags);
  }

  private End enter(OpenFlags flags) {
    End end = new End(flags.reads() ? 1 : 0, flags.writes() ? 1 : 0, writersGone());
    readers += end.reads;
    writers += end.writes;
    openedToRead += end.reads;
    openedToWrite += end.writes;
    changed.wakeAll();
    return end;
  }

  private long writersGone() {
    return openedToWrite - writers;
  }

  private void awaitOther(End end) throws ErrnoException {
    long readersSeen = openedToRead;
    long writersSeen = openedToWrite;
    try {
      changed.await(() ->
          (readers > 0 || openedToRead > readersSeen)
              && (writers > 0 || openedToWrite > writersSeen));
    } catch (ErrnoException interrupted) {
      leave(end);
      throw interrupted;
    }
  }

  private void leave(End end) {
    readers -= end.reads;
    writers -= end.writes;
    if (readers + writers == 0) {
      filled = 0;
    }
    changed.wakeAll();
  }

  private long read(MemorySegment into) throws ErrnoException {
    changed.await(() -> filled > 0 || writers == 0);
    int count = (int) Math.min(filled, into.byteSize());
    int run = Math.min(count, CAPACITY - first);
    MemorySegment.copy(bytes, first, into, 0, run);
    MemorySegment.copy(bytes, 0, into, run, count - run);
    first = (first + count) % CAPACITY;
    filled -= count;
    changed.wakeAll();
    return count;
  }

  /** Writes all of it, or as much as possible before an interruption. */
  private long write(MemorySegment from) throws ErrnoException {
    long written = 0;
    try {
      while (written < from.byteSize()) {
        awaitRoom(from.byteSize());
        written += put(from.asSlice(written));
      }
    } catch (ErrnoException stopped) {
      if (written == 0) {
        throw stopped;
      }
    }
    return written;
  }

  /** Waits for space and writes as much as fits. */
  private long splice(MemorySegment from) throws ErrnoException {
    awaitRoom(CAPACITY);
    return put(from);
  }

  private void awaitRoom(long size) throws ErrnoException {
    long wanted = size <= PIPE_BUF ? size : 1;
    changed.await(() -> readers == 0 || room() >= wanted);
    if (readers == 0) {
      throw new ErrnoException(Errno.EPIPE, "pipe: write of " + size + ": no reader");
    }
  }

  private int room() {
    return CAPACITY - filled;
  }

  private int put(MemorySegment from) {
    int count = (int) Math.min(room(), from.byteSize());
    int at = (first + filled) % CAPACITY;
    int run = Math.min(count, CAPACITY - at);
    MemorySegment.copy(from, 0, bytes, at, run);
    MemorySegment.copy(from, run, bytes, 0, count - run);
    filled += count;
    changed.wakeAll();
    return count;
  }

  /** An end of the pipe, or both. */
  final class End implements ReadableFile, WritableFile, PollableFile {
    private final int reads;
    private final int writes;

    /** How many writers had gone when this end was opened. */
    private final long goneBefore;

    End(int reads, int writes, long goneBefore) {
      this.reads = reads;
      this.writes = writes;
      this.goneBefore = goneBefore;
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return Pipe.this.read(into);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return Pipe.this.write(from);
    }

    /**
     * Writes as much as fits, at least 1 byte, as {@code splice}.
     *
     * @throws ErrnoException EPIPE without a reader, EAGAIN, EINTR
     */
    long splice(MemorySegment from) throws ErrnoException {
      return Pipe.this.splice(from);
    }

    @Override
    public Set<PollEvent> poll() {
      Set<PollEvent> events = EnumSet.noneOf(PollEvent.class);
      if (reads > 0) {
        addToRead(events);
      }
      if (writes > 0) {
        addToWrite(events);
      }
      return events;
    }

    private void addToRead(Set<PollEvent> events) {
      if (filled > 0) {
        events.add(PollEvent.IN);
      }
      if (writers == 0 && writersGone() > goneBefore) {
        events.add(PollEvent.HUP);
      }
    }

    private void addToWrite(Set<PollEvent> events) {
      if (room() >= PIPE_BUF) {
        events.add(PollEvent.OUT);
      }
      if (readers == 0) {
        events.add(PollEvent.ERR);
      }
    }

    @Override
    public WaitQueue queue() {
      return changed;
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}
