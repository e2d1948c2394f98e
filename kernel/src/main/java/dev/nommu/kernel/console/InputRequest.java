package dev.nommu.kernel.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.kernel.time.MachineClock;

/**
 * That programs ask the host for input. Simulated time stands still until the host answers, so that
 * what a program does depends on what it reads and not on when that comes. Thread-safe.
 */
final class InputRequest {
  private final MachineClock clock;

  /** Holds time; never runs. */
  private final Thread holder = Thread.ofVirtual().unstarted(() -> {});

  @GuardedBy("this")
  private State state = State.IDLE;

  private enum State {
    IDLE,
    ASKED,
    CLOSED
  }

  InputRequest(MachineClock clock) {
    this.clock = clock;
  }

  /** Asks, unless somebody has asked already. */
  synchronized void ask() {
    if (state == State.IDLE) {
      state = State.ASKED;
      clock.hold(holder);
      notifyAll();
    }
  }

  /**
   * Says that there is an answer, or that nobody waits for one any more; who still waits has to be
   * woken before, and asks again.
   */
  synchronized void settle() {
    if (state == State.ASKED) {
      state = State.IDLE;
      clock.release(holder);
    }
  }

  /** Lets nobody ask any more. */
  synchronized void close() {
    settle();
    state = State.CLOSED;
    notifyAll();
  }

  /** Waits until somebody asks; returns false if nobody can any more. */
  synchronized boolean await() throws InterruptedException {
    while (state == State.IDLE) {
      wait();
    }
    return state == State.ASKED;
  }
}
