package dev.nommu.kernel.time;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One thread that waits once, or is about to. A waker may come before the thread has fallen asleep:
 * then it does not. Made by the thread itself; any thread may wake it.
 *
 * <p>It is put where wakers look while the lock is held under which there turned out to be
 * something to wait for, and waits when that lock has been let go of. No wake-up is lost then.
 */
public final class Waiter {
  private static final Place AWAKE = new Place(0, Precedence.LAST, 0);

  private final MachineClock clock;
  private final TimeNeed need;
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<@Nullable Wakeup> end = new AtomicReference<>();

  /** Set by the thread itself before it sleeps, with the lock of the clock held. */
  private Place place = AWAKE;

  /**
   * Where a waiter that sleeps stands among those who wait for a moment.
   *
   * @param deadline nanoseconds of the clock
   * @param precedence among those of one deadline
   * @param number tells waiters apart; 0 for one that does not sleep
   */
  record Place(long deadline, Precedence precedence, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::deadline)
            .thenComparing(Place::precedence)
            .thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Makes a waiter of the calling thread, which waits by this clock and for its deadline. */
  public Waiter(MachineClock clock) {
    this(clock, TimeNeed.DEADLINE);
  }

  /** Makes a waiter of the calling thread, which waits by this clock. */
  public Waiter(MachineClock clock, TimeNeed need) {
    this.clock = clock;
    this.need = need;
  }

  /**
   * Ends the wait, unless it is over already.
   *
   * @return whether this call ended it; if not, the deadline or a signal was there first, and
   *     somebody else may be woken instead
   */
  public boolean wake() {
    return clock.end(this, Wakeup.WOKEN);
  }

  /** Ends the wait as a signal does, unless it is over already; returns whether it was not. */
  public boolean interrupt() {
    return clock.end(this, Wakeup.INTERRUPTED);
  }

  /**
   * Waits; called by the waiter's own thread, which holds no lock that a waker needs.
   *
   * @param deadline nanoseconds of the clock, or {@link MachineClock#NEVER}
   */
  public Wakeup sleep(long deadline) {
    return clock.sleep(this, deadline);
  }

  /** Returns whether this is the first end of the wait, which it becomes. */
  boolean end(Wakeup how) {
    return end.compareAndSet(null, how);
  }

  /** Returns what ended the wait; null while it goes on. */
  @Nullable Wakeup ended() {
    return end.get();
  }

  /** Returns whether simulated time is to go on while it sleeps. */
  boolean needsTime() {
    return need == TimeNeed.TIMERS
        || (need == TimeNeed.DEADLINE && place.deadline() != MachineClock.NEVER);
  }

  boolean asleep() {
    return place.number() != AWAKE.number();
  }

  void fallAsleep(Place at) {
    place = at;
  }

  Place place() {
    return place;
  }

  Thread thread() {
    return thread;
  }

  /** Returns whether it waits for nothing but that time is released. */
  boolean goesFirst() {
    return need == TimeNeed.RELEASE;
  }

  /** Returns whether its thread has its processor meanwhile, by a clock that stands still. */
  boolean keepsCpu() {
    return need == TimeNeed.HOST;
  }
}
