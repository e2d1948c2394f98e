package dev.nommu.kernel.ipc;

import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.time.Instant;

/** The timeout of a wait at a futex. */
public sealed interface FutexTimeout {
  /** No timeout. */
  record Never() implements FutexTimeout {}

  /**
   * A time from now on, as for FUTEX_WAIT.
   *
   * @param time not negative
   */
  record After(Duration time) implements FutexTimeout {}

  /**
   * A time of CLOCK_MONOTONIC, as for FUTEX_WAIT_BITSET.
   *
   * @param time since the machine was created
   */
  record Monotonic(Duration time) implements FutexTimeout {}

  /** A time of CLOCK_REALTIME, as for FUTEX_WAIT_BITSET with FUTEX_CLOCK_REALTIME. */
  record Realtime(Instant moment) implements FutexTimeout {}

  /** Returns the deadline in nanoseconds of a clock, or {@link MachineClock#NEVER}. */
  default long deadline(MachineClock clock) {
    return switch (this) {
      case Never never -> MachineClock.NEVER;
      case After(Duration time) -> clock.after(time);
      case Monotonic(Duration time) -> clock.after(time.minus(Duration.ofNanos(clock.nanos())));
      case Realtime(Instant moment) -> clock.after(Duration.between(clock.instant(), moment));
    };
  }
}
