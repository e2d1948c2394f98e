package dev.nommu.kernel.time;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits once, or is about to. If it is woken before it has fallen asleep, it does not
 * sleep. Created by the thread itself; any thread may wake it.
 *
 * <p>It is published to wakers under the lock under which the condition was checked, and sleeps
 * after that lock was released, so no wake-up is lost.
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
   * The place of a sleeping waiter in the order of deadlines.
   *
   * @param deadline nanoseconds of the clock
   * @param precedence its order among waiters with the same deadline
   * @param number distinguishes waiters; 0 for one that does not sleep
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

  /** Creates a waiter of the calling thread, which waits by this clock for a deadline. */
  public Waiter(MachineClock clock) {
    this(clock, TimeNeed.DEADLINE);
  }

  /** Creates a waiter of the calling thread, which waits by this clock. */
  public Waiter(MachineClock clock, TimeNeed need) {
    this.clock = clock;
    this.need = need;
  }

  /**
   * Ends the wait unless it is already over.
   *
   * @return whether this call ended it; if not, the deadline or a signal came first, and another
   *     waiter may be woken instead
   */
  public boolean wake() {
    return clock.end(this, Wakeup.WOKEN);
  }

  /** Ends the wait as a signal does; returns false if it was already over. */
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

  /** Ends the wait; returns false if it was already over. */
  boolean end(Wakeup how) {
    return end.compareAndSet(null, how);
  }

  /** Returns the reason the wait ended, or null. */
  @Nullable Wakeup ended() {
    return end.get();
  }

  /** Returns whether simulated time must advance while it sleeps. */
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

  /** Returns whether it only waits for time to be released. */
  boolean goesFirst() {
    return need == TimeNeed.RELEASE;
  }

  /** Returns whether its thread keeps its processor while it sleeps with the clock stopped. */
  boolean keepsCpu() {
    return need == TimeNeed.HOST;
  }
}
