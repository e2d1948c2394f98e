package dev.nommu.kernel.wait;

import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The task on whose behalf threads wait in the kernel, and whose signals end the waits. A task
 * driven from outside can wait with several threads at once. Thread-safe.
 */
public final class Sleeper implements Current {
  private final MachineClock clock;
  private final Map<Waiter, Wait> waits = new LinkedHashMap<>();
  private Urgency urgency = Urgency.NONE;

  private record Wait(Urgency least, String what) {}

  /** Creates a sleeper for which no signal is pending. */
  public Sleeper(MachineClock clock) {
    this.clock = clock;
  }

  /**
   * Returns the sleeper on whose behalf the calling thread would wait now; outside of any call of a
   * task, one without signals that waits by the host's clock.
   */
  public static Sleeper current() {
    Current current = Current.get();
    return current == null ? new Sleeper(new RealClock()) : current.sleeper();
  }

  /** Returns the same; outside of any call, one without signals and with this clock. */
  public static Sleeper current(MachineClock otherwise) {
    Current current = Current.get();
    return current == null ? new Sleeper(otherwise) : current.sleeper();
  }

  @Override
  public Sleeper sleeper() {
    return this;
  }

  /** Returns the clock by which it waits. */
  public MachineClock clock() {
    return clock;
  }

  /**
   * Waits until the waiter is woken. Must not be called with a lock held that a waker needs.
   *
   * @param waiter of the calling thread, created with {@link #clock}
   * @param deadline nanoseconds of the clock, or {@link MachineClock#NEVER}
   * @param least the least urgency of signals that end the wait
   * @param what the object waited for, for {@link #waitsFor}
   */
  public Wakeup sleep(Waiter waiter, long deadline, Urgency least, String what) {
    lieDown(waiter, new Wait(least, what));
    try {
      return waiter.sleep(deadline);
    } finally {
      getUp(waiter);
    }
  }

  private synchronized void lieDown(Waiter waiter, Wait wait) {
    waits.put(waiter, wait);
    if (wakes(wait)) {
      waiter.interrupt();
    }
  }

  private synchronized void getUp(Waiter waiter) {
    waits.remove(waiter);
  }

  private boolean wakes(Wait wait) {
    return urgency != Urgency.NONE && urgency.compareTo(wait.least()) >= 0;
  }

  /** Ends the waits that a signal of this urgency ends, present and future ones. */
  public synchronized void signalWakeUp(Urgency by) {
    if (by.compareTo(urgency) > 0) {
      urgency = by;
    }
    waits.forEach((waiter, wait) -> {
      if (wakes(wait)) {
        waiter.interrupt();
      }
    });
  }

  /**
   * Called when signals were handled: future waits are not interrupted. A fatal signal stays
   * pending.
   */
  public synchronized void clearSignalPending() {
    if (urgency == Urgency.HANDLED) {
      urgency = Urgency.NONE;
    }
  }

  /** Returns the urgency of the most urgent pending signal. */
  public synchronized Urgency urgency() {
    return urgency;
  }

  /** Returns whether a thread is waiting. */
  public synchronized boolean sleeps() {
    return !waits.isEmpty();
  }

  /** Returns what its threads are waiting for, the longest wait first. */
  public synchronized List<String> waitsFor() {
    return waits.values().stream().map(Wait::what).toList();
  }
}
