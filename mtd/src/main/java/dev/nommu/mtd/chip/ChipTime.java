package dev.nommu.mtd.chip;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time of chips and their driver: the machine's clock plus the time spent waiting for chips and
 * on bus cycles. It is reproducible, and a program that polls a busy chip sees it finish even if
 * the machine's clock stands still. May be used concurrently.
 */
public final class ChipTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final InstantSource clock;
  private final AtomicLong spent = new AtomicLong();

  /** Creates the time of a machine with this clock. */
  public ChipTime(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns nanoseconds since an arbitrary moment. */
  public long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() + spent.get();
  }

  /** Advances the time, as {@code ndelay}, without waiting on the host. */
  public void delay(long nanos) {
    spent.addAndGet(nanos);
  }
}
