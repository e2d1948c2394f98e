package dev.nommu.bench.goal;

import java.util.List;

/**
 * A row of the table: one thing that is measured in several ways, and its goals.
 *
 * @param what the thing
 * @param sources where its figures come from
 * @param goals what they ought to be
 */
public record Row(String what, List<Source> sources, List<Goal> goals) {
  /** Takes immutable copies. */
  public Row {
    sources = List.copyOf(sources);
    goals = List.copyOf(goals);
  }

  /** Makes a row whose figures come from one class of benchmarks. */
  public static Row of(String what, Class<?> benchmarks, Goal... goals) {
    return new Row(what, List.of(new Source.Benchmarks(benchmarks, WarmUp.USUAL)), List.of(goals));
  }
}
