package dev.nommu.kernel.time;

import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock whose time passes independently of running threads. Extend it to write a clock: return
 * the time and how long a waiting thread may sleep, and call {@link #moved} when the time changes
 * in a way that {@link #hostNanos} did not predict.
 */
public abstract non-sealed class PassingClock extends MachineClock {
  private final ConcurrentSkipListMap<Waiter.Place, Waiter> timers = new ConcurrentSkipListMap<>();
  private final AtomicLong sleeps = new AtomicLong();

  /** Creates a clock without waiting threads. */
  protected PassingClock() {}

  /**
   * Returns how many nanoseconds of the host a thread waiting for a deadline may sleep before it
   * checks the time again; {@link #NEVER} if time does not pass by itself.
   *
   * @param deadline nanoseconds of this clock, in the future
   */
  protected abstract long hostNanos(long deadline);

  /** Ends all waits whose deadlines have come, in order of deadline. */
  protected final void moved() {
    for (Waiter waiter :
        timers.headMap(new Waiter.Place(nanos(), Precedence.LAST, Long.MAX_VALUE)).values()) {
      end(waiter, Wakeup.TIMED_OUT);
    }
  }

  /** Does nothing: time passes whichever threads run. */
  @Override
  final void run(Thread program) {}

  /** Does nothing. */
  @Override
  final void stop(Thread program) {}

  /** Does nothing. */
  @Override
  public final void hold(Thread holder) {}

  /** Does nothing. */
  @Override
  public final void release(Thread holder) {}

  /** Does nothing and returns true: time passes by itself. */
  @Override
  public final boolean advance(long moment) {
    return true;
  }

  /** Returns {@link #NEVER}. */
  @Override
  public final long nanosToDeadline() {
    return NEVER;
  }

  @Override
  final Wakeup sleep(Waiter waiter, long deadline) {
    cpus().leave(waiter);
    if (deadline == NEVER) {
      park(waiter);
    } else {
      parkUntil(waiter, deadline);
    }
    cpus().awaitTurn();
    return Objects.requireNonNull(waiter.ended());
  }

  /**
   * Registers the waiter for {@link #moved} before it checks the time, so that no change is missed.
   */
  private void parkUntil(Waiter waiter, long deadline) {
    Waiter.Place place = new Waiter.Place(deadline, Precedence.LAST, sleeps.incrementAndGet());
    timers.put(place, waiter);
    try {
      while (waiter.ended() == null) {
        if (deadline <= nanos()) {
          end(waiter, Wakeup.TIMED_OUT);
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
      cpus().enter(waiter);
    }
    return first;
  }
}
