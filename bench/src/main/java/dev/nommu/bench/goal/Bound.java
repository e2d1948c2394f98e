package dev.nommu.bench.goal;

/** The bound that a figure should stay within. */
public sealed interface Bound {
  /** No goal: the figure is only reported. */
  Bound STATED = new Stated();

  /** Returns whether a figure is within the bound. */
  boolean holds(double figure);

  /**
   * A lower bound, inclusive.
   *
   * @param least the goal
   */
  record AtLeast(double least) implements Bound {
    @Override
    public boolean holds(double figure) {
      return figure >= least;
    }
  }

  /**
   * An upper bound, inclusive.
   *
   * @param most the goal
   */
  record AtMost(double most) implements Bound {
    @Override
    public boolean holds(double figure) {
      return figure <= most;
    }
  }

  /** No bound: the figure is only reported. */
  record Stated() implements Bound {
    @Override
    public boolean holds(double figure) {
      return true;
    }
  }
}
