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
 * A stream of the host as a file that programs read, such as their standard input. The stream is
 * read when a program asks for more, not before; simulated time stands still until it answers, so
 * that what a program does depends on what it reads and not on when that comes. Thread-safe.
 */
public final class HostInput implements ReadableFile, PollableFile {
  private static final int MOST = 8192;

  private final InputStream from;
  private final MachineClock clock;
  private final Thread asking;
  private final FileWaitQueue changed = FileWaitQueue.ofHost("input from the host");

  @GuardedBy("this")
  private MemorySegment read = MemorySegment.ofArray(new byte[0]);

  @GuardedBy("this")
  private State state = State.NEW;

  @GuardedBy("this")
  private Optional<IOException> failure = Optional.empty();

  private enum State {
    NEW,
    IDLE,
    ASKING,
    ENDED
  }

  /**
   * Creates the file.
   *
   * @param from is read by a thread of its own; is not closed
   * @param clock of the machine whose programs read it
   */
  public HostInput(InputStream from, MachineClock clock) {
    this.from = from;
    this.clock = clock;
    this.asking = Thread.ofPlatform().daemon().name("nommu-input").unstarted(this::askStream);
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    if (into.byteSize() == 0) {
      return 0;
    }
    OptionalLong count = take(into);
    while (count.isEmpty()) {
      ask();
      changed.await(this::isReadable);
      count = take(into);
    }
    return count.getAsLong();
  }

  /** Returns how many bytes were read, 0 at the end; empty if another reader was first. */
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
    return state == State.ENDED ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private synchronized boolean isReadable() {
    return read.byteSize() > 0 || state == State.ENDED;
  }

  /** Asks the stream for more, unless there is something, or it is being asked. */
  private synchronized void ask() {
    if (isReadable() || state == State.ASKING) {
      return;
    }
    if (state == State.NEW) {
      asking.start();
    }
    state = State.ASKING;
    clock.hold(asking);
    notifyAll();
  }

  private void askStream() {
    try {
      while (isAsked()) {
        askOnce();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isAsked() throws InterruptedException {
    while (state == State.IDLE) {
      wait();
    }
    return state == State.ASKING;
  }

  private void askOnce() {
    byte[] bytes = new byte[MOST];
    try {
      int count = from.read(bytes);
      answered(count < 0 ? State.ENDED : State.IDLE, bytes, Math.max(0, count));
    } catch (IOException broken) {
      failed(broken);
    }
  }

  private synchronized void failed(IOException broken) {
    failure = Optional.of(broken);
    answered(State.ENDED, new byte[0], 0);
  }

  /** Time goes on when who waits is awake. An answer that comes when the file is closed is lost. */
  private synchronized void answered(State next, byte[] bytes, int count) {
    if (state == State.ASKING) {
      state = next;
      read = MemorySegment.ofArray(bytes).asSlice(0, count);
      changed.wakeAll();
      clock.release(asking);
    }
  }

  @Override
  public Set<PollEvent> poll() {
    ask();
    return isReadable() ? EnumSet.of(PollEvent.IN) : EnumSet.noneOf(PollEvent.class);
  }

  /** Asks no more; what the stream is being asked for is lost. */
  @Override
  public synchronized void close() {
    if (state == State.ASKING) {
      clock.release(asking);
    }
    state = State.ENDED;
    notifyAll();
  }

  @Override
  public WaitQueue queue() {
    return changed;
  }
}
