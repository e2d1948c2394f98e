package dev.nommu.kernel.wait;

import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For whom threads wait in the kernel: a task, whose signals end the waits. A task driven from
 * outside can wait with several threads at once. Thread-safe.
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
   * Returns for whom the calling thread waits if it does so now; outside of any call of a task
   * somebody whom no signal reaches and who waits by the host's clock.
   */
  public static Sleeper current() {
    Current current = Current.get();
    return current == null ? new Sleeper(new RealClock()) : current.sleeper();
  }

  /** Returns the same; outside of any call somebody whom no signal reaches, with this clock. */
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
   * Waits until the waiter is woken. Not to be called with a lock held that a waker needs.
   *
   * @param waiter of the calling thread, made with {@link #clock}
   * @param deadline nanoseconds of the clock, or {@link MachineClock#NEVER}
   * @param least which signals end the wait: at least as urgent ones
   * @param what what is waited for, for {@link #waitsFor}
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

  /** Ends the waits that a signal of this urgency ends, the present ones and those to come. */
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

  /** Says that signals were handled: waits to come are not interrupted. A fatal one stays. */
  public synchronized void clearSignalPending() {
    if (urgency == Urgency.HANDLED) {
      urgency = Urgency.NONE;
    }
  }

  /** Returns the most urgent signal that is pending. */
  public synchronized Urgency urgency() {
    return urgency;
  }

  /** Returns whether a thread waits at the moment. */
  public synchronized boolean sleeps() {
    return !waits.isEmpty();
  }

  /** Returns what its threads wait for at the moment, the longest wait first. */
  public synchronized List<String> waitsFor() {
    return waits.values().stream().map(Wait::what).toList();
  }
}
