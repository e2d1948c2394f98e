package dev.nommu.bench.goal;

import java.util.List;
import java.util.concurrent.Callable;

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
  record Count(Callable<List<Measurement>> count) implements Source {}
}
