package dev.nommu.bench.goal;

import java.util.List;
import java.util.concurrent.Callable;

/** A source of figures. */
public sealed interface Source {
  /**
   * The methods of a class, timed by JMH.
   *
   * @param type the class
   * @param warmUp how long each runs before it is measured
   */
  record Benchmarks(Class<?> type, WarmUp warmUp) implements Source {}

  /**
   * A value that is counted once, not timed repeatedly.
   *
   * @param count returns the counts
   */
  record Count(Callable<List<Measurement>> count) implements Source {}
}
