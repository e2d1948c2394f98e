package dev.nommu.mtd.chip;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time chips and their driver go by: the machine's clock, and what was spent on waiting for
 * chips and on bus cycles. It passes in the same way in every run, and whoever polls a busy chip
 * sees it finish even if the machine's clock stands still. May be used concurrently.
 */
public final class ChipTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final InstantSource clock;
  private final AtomicLong spent = new AtomicLong();

  /** Makes the time of a machine with this clock. */
  public ChipTime(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns nanoseconds since an arbitrary moment. */
  public long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() + spent.get();
  }

  /** Lets time pass, as {@code ndelay}; takes none of the host's. */
  public void delay(long nanos) {
    spent.addAndGet(nanos);
  }
}
