package dev.nommu.bench.goal;

import java.util.List;

/** Where figures come from. */
public sealed interface Source {
  /**
   * The methods of a class, timed by JMH.
   *
   * @param type the class
   * @param warmUp how long each runs before it is measured
   */
  record Benchmarks(Class<?> type, WarmUp warmUp) implements Source {}

  /**
   * Something that is counted once, not timed again and again.
   *
   * @param count counts it
   */
  record Count(Counting count) implements Source {}

  /** Counts something. */
  @FunctionalInterface
  interface Counting {
    /**
     * Returns what was counted.
     *
     * @throws Exception whatever keeps it from being counted
     */
    List<Measurement> measure() throws Exception;
  }
}
