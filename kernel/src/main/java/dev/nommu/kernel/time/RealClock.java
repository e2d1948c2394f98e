package dev.nommu.kernel.time;

import java.time.Clock;
import java.time.Instant;

/** The host's clock: a timeout takes its full time. */
public final class RealClock extends PassingClock {
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

  @Override
  protected long hostNanos(long deadline) {
    return deadline - nanos();
  }
}
