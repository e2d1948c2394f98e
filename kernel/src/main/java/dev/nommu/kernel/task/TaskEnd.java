package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.wait.Latch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one task's end: due, then carried out by one thread, then over. Thread-safe. */
final class TaskEnd {
  private final Latch over;

  /** Whether the task ends apart from its process, or is being ended. */
  private volatile boolean due;

  /** The reason the task ends. */
  private volatile @Nullable Thread by;

  private volatile Optional<WaitStatus> status = Optional.empty();

  TaskEnd(int tid) {
    this.over = new Latch("the end of task " + tid);
  }

  /** Marks that the task must end, whatever its process does. */
  void due() {
    due = true;
  }

  boolean isDue() {
    return due;
  }

  /**
   * Lets the calling thread end the task, unless another is doing so.
   *
   * @return whether the calling thread ends it
   */
  synchronized boolean begin() {
    if (by != null) {
      return false;
    }
    by = Thread.currentThread();
    due = true;
    return true;
  }

  /**
   * Returns whether a thread is ending the task or has ended it; stable while the monitor is held.
   */
  boolean hasBegun() {
    return by != null;
  }

  /** Returns the thread that is ending the task. */
  Optional<Thread> by() {
    return Optional.ofNullable(by).filter(thread -> !over.isOpen());
  }

  /** Sets how the task ends. */
  void status(WaitStatus how) {
    status = Optional.of(how);
  }

  /** Returns how the task ended, or empty before. */
  Optional<WaitStatus> status() {
    return status;
  }

  /** Marks the task as ended. */
  void over() {
    over.open();
  }

  /** Waits until the task has ended; EINTR if a fatal signal came first. */
  WaitStatus await() throws ErrnoException {
    over.awaitKillably();
    return status.orElseThrow();
  }
}
