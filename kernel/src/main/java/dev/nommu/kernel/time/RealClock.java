package dev.nommu.kernel.time;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** The host's clock: a timeout takes as long as it says. */
public final class RealClock extends MachineClock {
  private final Clock wall = Clock.systemUTC();
  private final long origin = System.nanoTime();

  /** Creates a clock that begins now. */
  public RealClock() {}

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public Instant instant() {
    return wall.instant();
  }

  @Override
  public long millis() {
    return wall.millis();
  }

  /** Does nothing: time passes whoever runs. */
  @Override
  public void begin(Thread program) {}

  /** Does nothing. */
  @Override
  public void finish(Thread program) {}

  @Override
  Wakeup sleep(Waiter waiter, long deadline) {
    if (deadline == NEVER) {
      park(waiter);
    } else {
      parkUntil(waiter, deadline);
    }
    return Objects.requireNonNull(waiter.ended());
  }

  private void parkUntil(Waiter waiter, long deadline) {
    while (waiter.ended() == null) {
      long left = deadline - nanos();
      if (left <= 0) {
        waiter.end(Wakeup.TIMED_OUT);
      } else {
        LockSupport.parkNanos(waiter, left);
        heedInterrupt(waiter);
      }
    }
  }

  @Override
  boolean end(Waiter waiter, Wakeup how) {
    boolean first = waiter.end(how);
    if (first) {
      waiter.resume();
    }
    return first;
  }
}
