package dev.nommu.bench.goal;

/** The bound that a figure ought to keep. */
public sealed interface Bound {
  /** There is no goal: the figure is to be told. */
  Bound STATED = new Stated();

  /** Returns whether a figure is within the bound. */
  boolean holds(double figure);

  /**
   * The figure is to be this or more.
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
   * The figure is to be this or less.
   *
   * @param most the goal
   */
  record AtMost(double most) implements Bound {
    @Override
    public boolean holds(double figure) {
      return figure <= most;
    }
  }

  /** No bound: the figure is only stated. */
  record Stated() implements Bound {
    @Override
    public boolean holds(double figure) {
      return true;
    }
  }
}
