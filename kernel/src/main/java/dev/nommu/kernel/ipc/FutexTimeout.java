package dev.nommu.kernel.ipc;

import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.time.Instant;

/** How long somebody waits at a futex at most. */
public sealed interface FutexTimeout {
  /** For ever. */
  record Never() implements FutexTimeout {}

  /**
   * For a time from now on, as FUTEX_WAIT.
   *
   * @param time not negative
   */
  record After(Duration time) implements FutexTimeout {}

  /**
   * Until a moment of CLOCK_MONOTONIC, as FUTEX_WAIT_BITSET.
   *
   * @param time since the machine was made
   */
  record Monotonic(Duration time) implements FutexTimeout {}

  /** Until a moment of CLOCK_REALTIME, as FUTEX_WAIT_BITSET with FUTEX_CLOCK_REALTIME. */
  record Realtime(Instant moment) implements FutexTimeout {}

  /** Returns nanoseconds of a clock, or {@link MachineClock#NEVER}. */
  default long deadline(MachineClock clock) {
    return switch (this) {
      case Never never -> MachineClock.NEVER;
      case After(Duration time) -> clock.after(time);
      case Monotonic(Duration time) -> clock.after(time.minus(Duration.ofNanos(clock.nanos())));
      case Realtime(Instant moment) -> clock.after(Duration.between(clock.instant(), moment));
    };
  }
}
