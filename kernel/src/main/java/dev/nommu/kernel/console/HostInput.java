package dev.nommu.kernel.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A host stream as a file that programs read, such as their standard input. The stream is read only
 * when a program asks for more; simulated time stands still until it answers, so that a program's
 * behaviour depends on its input and not on when that arrives. Thread-safe.
 */
public final class HostInput implements ReadableFile, PollableFile {
  private static final int MOST = 8192;

  private final InputStream from;
  private final InputRequest request;
  private final FileWaitQueue changed = FileWaitQueue.ofHost("input from the host");

  /** Reads the stream from the first request on. */
  private final Thread asking;

  @GuardedBy("this")
  private MemorySegment read = MemorySegment.ofArray(new byte[0]);

  @GuardedBy("this")
  private boolean ended;

  @GuardedBy("this")
  private Optional<IOException> failure = Optional.empty();

  /**
   * Creates the file.
   *
   * @param from read by a separate thread; not closed
   * @param clock of the machine whose programs read it
   */
  public HostInput(InputStream from, MachineClock clock) {
    this.from = from;
    this.request = new InputRequest(clock);
    this.asking = Thread.ofPlatform().daemon().name("nommu-input").unstarted(this::askStream);
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    if (into.byteSize() == 0) {
      return 0;
    }
    OptionalLong count = take(into);
    while (count.isEmpty()) {
      await();
      count = take(into);
    }
    return count.getAsLong();
  }

  private void await() throws ErrnoException {
    try {
      changed.await(this::isReadable);
    } catch (ErrnoException givenUp) {
      withdraw(givenUp.errno());
      throw givenUp;
    }
  }

  /** Lets time resume if a signal interrupts the only waiting reader. */
  private synchronized void withdraw(Errno why) {
    if (why == Errno.EINTR) {
      changed.wakeAll();
      request.settle();
    }
  }

  /** Returns the number of bytes read, 0 at the end; empty if another reader was first. */
  private synchronized OptionalLong take(MemorySegment into) throws ErrnoException {
    if (read.byteSize() > 0) {
      long count = Math.min(into.byteSize(), read.byteSize());
      into.asSlice(0, count).copyFrom(read.asSlice(0, count));
      read = read.asSlice(count);
      return OptionalLong.of(count);
    }
    if (failure.isPresent()) {
      throw new ErrnoException(Errno.EIO, "input from the host", failure.get());
    }
    return ended ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /** Returns whether there is something to read; if not, asks the stream. */
  private synchronized boolean isReadable() {
    boolean isReadable = read.byteSize() > 0 || ended;
    if (!isReadable) {
      ask();
    }
    return isReadable;
  }

  private void ask() {
    request.ask();
    if (asking.getState() == Thread.State.NEW) {
      asking.start();
    }
  }

  private void askStream() {
    try {
      while (request.await()) {
        askOnce();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void askOnce() {
    byte[] bytes = new byte[MOST];
    try {
      int count = from.read(bytes);
      answered(MemorySegment.ofArray(bytes).asSlice(0, Math.max(0, count)), count < 0);
    } catch (IOException broken) {
      failed(broken);
    }
  }

  private synchronized void failed(IOException broken) {
    failure = Optional.of(broken);
    answered(MemorySegment.NULL, true);
  }

  /**
   * Time resumes when the waiting reader is awake. An answer that arrives after the file is closed
   * is lost.
   */
  private synchronized void answered(MemorySegment bytes, boolean isLast) {
    if (!ended) {
      read = bytes;
      ended = isLast;
      changed.wakeAll();
      request.settle();
    }
  }

  @Override
  public Set<PollEvent> poll() {
    return isReadable() ? EnumSet.of(PollEvent.IN) : EnumSet.noneOf(PollEvent.class);
  }

  /** Stops asking; the answer to a pending request is lost. */
  @Override
  public synchronized void close() {
    ended = true;
    request.close();
  }

  @Override
  public WaitQueue queue() {
    return changed;
  }
}
