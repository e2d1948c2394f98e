package dev.nommu.campaign;

import java.time.Duration;

/**
 * How a campaign is run in this process.
 *
 * @param threads how many sessions run at once; 0 if other processes run them all
 * @param limit after which no more are begun
 * @param patience how long a seed may take, a sweep of its faults as a whole; a range with one that
 *     takes longer is run again, and given up the third time
 */
public record Conditions(int threads, Duration limit, Duration patience) {
  private static final Duration UNLIMITED = Duration.ofDays(36_500);

  /**
   * Requires a number of threads.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Conditions {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "conditions: expected 0 threads or more, found %d".formatted(threads));
    }
  }

  /** Returns all processors, and no limit. */
  public static Conditions allProcessors() {
    return new Conditions(
        Runtime.getRuntime().availableProcessors(), UNLIMITED, Duration.ofMinutes(2));
  }

  /** Returns the same with another limit. */
  public Conditions within(Duration other) {
    return new Conditions(threads, other, patience);
  }

  /** Returns the same with another number of threads. */
  public Conditions on(int otherThreads) {
    return new Conditions(otherThreads, limit, patience);
  }
}
