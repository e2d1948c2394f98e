package dev.nommu.campaign;

import java.time.Duration;

/**
 * The conditions of a campaign's run in this process.
 *
 * @param threads the number of concurrent sessions; 0 if other processes run them all
 * @param limit the time after which no more are started
 * @param patience how long a seed may take, including all its faults; a range with a seed that
 *     takes longer is run again, and given up the third time
 */
public record Conditions(int threads, Duration limit, Duration patience) {
  private static final Duration UNLIMITED = Duration.ofDays(36_500);

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Conditions {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "conditions: expected 0 threads or more, found %d".formatted(threads));
    }
  }

  /** Returns conditions with all processors and no time limit. */
  public static Conditions allProcessors() {
    return new Conditions(
        Runtime.getRuntime().availableProcessors(), UNLIMITED, Duration.ofMinutes(2));
  }

  /** Returns a copy with another limit. */
  public Conditions within(Duration other) {
    return new Conditions(threads, other, patience);
  }

  /** Returns a copy with another number of threads. */
  public Conditions on(int otherThreads) {
    return new Conditions(otherThreads, limit, patience);
  }
}
