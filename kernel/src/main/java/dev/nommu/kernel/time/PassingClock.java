package dev.nommu.kernel.time;

import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock whose time passes whoever runs. Extend it for a clock of your own: say what time it is
 * and for how long a waiting thread may stand still, and call {@link #moved} when the time has
 * changed otherwise than {@link #hostNanos} said.
 */
public abstract non-sealed class PassingClock extends MachineClock {
  private final ConcurrentSkipListMap<Waiter.Place, Waiter> timers = new ConcurrentSkipListMap<>();
  private final AtomicLong sleeps = new AtomicLong();

  /** Creates a clock for which nobody waits. */
  protected PassingClock() {}

  /**
   * Returns for how many nanoseconds of the host a thread may stand still that waits for a
   * deadline, before it asks for the time again; {@link #NEVER} for a time that does not pass by
   * itself.
   *
   * @param deadline nanoseconds of this clock, not yet come
   */
  protected abstract long hostNanos(long deadline);

  /** Ends all waits whose deadlines have come, in the order of these. */
  protected final void moved() {
    for (Waiter waiter : timers.headMap(new Waiter.Place(nanos(), Long.MAX_VALUE)).values()) {
      end(waiter, Wakeup.TIMED_OUT);
    }
  }

  /** Does nothing: time passes whoever runs. */
  @Override
  public final void begin(Thread program) {}

  /** Does nothing. */
  @Override
  public final void finish(Thread program) {}

  @Override
  final Wakeup sleep(Waiter waiter, long deadline) {
    if (deadline == NEVER) {
      park(waiter);
    } else {
      parkUntil(waiter, deadline);
    }
    return Objects.requireNonNull(waiter.ended());
  }

  /** Is found by {@link #moved} before it looks at the time, so that no move is missed. */
  private void parkUntil(Waiter waiter, long deadline) {
    Waiter.Place place = new Waiter.Place(deadline, sleeps.incrementAndGet());
    timers.put(place, waiter);
    try {
      while (waiter.ended() == null) {
        if (deadline <= nanos()) {
          waiter.end(Wakeup.TIMED_OUT);
        } else {
          LockSupport.parkNanos(waiter, hostNanos(deadline));
          heedInterrupt(waiter);
        }
      }
    } finally {
      timers.remove(place);
    }
  }

  @Override
  final boolean end(Waiter waiter, Wakeup how) {
    boolean first = waiter.end(how);
    if (first) {
      waiter.resume();
    }
    return first;
  }
}
