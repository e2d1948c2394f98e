package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.wait.Latch;

/** A period in which tasks do not run because a debugger has stopped them. Thread-safe. */
public final class Standstill {
  private final Latch over = new Latch("a debugger");

  /** Begins it. */
  public Standstill() {}

  /**
   * Waits until it is over; on the thread of a task.
   *
   * @throws ErrnoException EINTR if a fatal signal came first
   */
  public void await() throws ErrnoException {
    over.awaitKillably();
  }

  /** Ends it; a second call does nothing. */
  public void end() {
    over.open();
  }
}
