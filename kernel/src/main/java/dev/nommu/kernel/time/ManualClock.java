package dev.nommu.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until somebody moves it, as a test does: whoever waits for a moment
 * waits until then.
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
   * Moves the clock on. Waits whose deadlines have come then are over when this returns; what the
   * threads do next may still be under way.
   *
   * @param by zero or more
   * @throws IllegalArgumentException if it is negative: no machine's time goes back
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
