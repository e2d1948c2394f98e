package dev.nommu.kernel.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.kernel.time.MachineClock;

/**
 * A request of programs for host input. Simulated time stands still until the host answers, so that
 * a program's behaviour depends on its input and not on when that arrives. Thread-safe.
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

  /** Asks, unless a request is pending. */
  synchronized void ask() {
    if (state == State.IDLE) {
      state = State.ASKED;
      clock.hold(holder);
      notifyAll();
    }
  }

  /**
   * Ends the request: there is an answer, or no reader waits for one. Remaining readers must be
   * woken first, and ask again.
   */
  synchronized void settle() {
    if (state == State.ASKED) {
      state = State.IDLE;
      clock.release(holder);
    }
  }

  /** Allows no more requests. */
  synchronized void close() {
    settle();
    state = State.CLOSED;
    notifyAll();
  }

  /** Waits for a request; returns false if no more are allowed. */
  synchronized boolean await() throws InterruptedException {
    while (state == State.IDLE) {
      wait();
    }
    return state == State.ASKED;
  }
}
