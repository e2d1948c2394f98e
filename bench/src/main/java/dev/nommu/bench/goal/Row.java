package dev.nommu.bench.goal;

import java.util.List;

/**
 * A row of the table: one operation measured in several ways, and its goals.
 *
 * @param what the title: the operation
 * @param sources the sources of its figures
 * @param goals the goals for them
 */
public record Row(String what, List<Source> sources, List<Goal> goals) {
  /** Copies the lists. */
  public Row {
    sources = List.copyOf(sources);
    goals = List.copyOf(goals);
  }

  /** Returns a row whose figures come from one class of benchmarks. */
  public static Row of(String what, Class<?> benchmarks, Goal... goals) {
    return new Row(what, List.of(new Source.Benchmarks(benchmarks, WarmUp.USUAL)), List.of(goals));
  }
}
