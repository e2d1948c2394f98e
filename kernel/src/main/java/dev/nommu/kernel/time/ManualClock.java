package dev.nommu.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is advanced, for example by a test: waits for a deadline last
 * until then.
 */
public final class ManualClock extends PassingClock {
  private final Instant start;
  private final AtomicLong nanos = new AtomicLong();

  /** Creates a clock that stands at 1970-01-01T00:00:00Z. */
  public ManualClock() {
    this(Instant.EPOCH);
  }

  /** Creates a clock that stands at an instant. */
  public ManualClock(Instant start) {
    this.start = start;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos());
  }

  /**
   * Advances the clock. Waits whose deadlines have come are over when this returns; the threads may
   * still be running.
   *
   * @param by zero or more
   * @throws IllegalArgumentException if it is negative: time never goes back
   * @throws ArithmeticException if it is more than 292 years from the start
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance by %s: expected zero or more".formatted(by));
    }
    nanos.accumulateAndGet(by.toNanos(), Math::addExact);
    moved();
  }

  /** Time does not pass by itself. */
  @Override
  protected long hostNanos(long deadline) {
    return NEVER;
  }
}
