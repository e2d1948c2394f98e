package dev.nommu.bench.goal;

import java.util.Map;

/**
 * A goal, and the figure that decides whether it is reached.
 *
 * @param text the goal in words
 * @param figure the number that it limits
 * @param bound the bound of that number
 */
public record Goal(String text, Figure figure, Bound bound) {
  /** The result of comparing a run with a goal. */
  public enum Verdict {
    /** The goal is reached. */
    REACHED,
    /** The goal is missed. */
    MISSED,
    /** There is no goal; the figure is only reported. */
    STATED
  }

  /** Returns the goal that one measured time is at least this many times as long as another. */
  public static Goal timesFaster(String text, String slower, String faster, double times) {
    return new Goal(text, new Figure.Ratio(slower, faster), new Bound.AtLeast(times));
  }

  /** Returns the goal that one measured time is at most this many times as long as another. */
  public static Goal within(String text, String ours, String limit, double times) {
    return new Goal(text, new Figure.Ratio(ours, limit), new Bound.AtMost(times));
  }

  /** Returns the goal that a measurement is at most this. */
  public static Goal atMost(String text, String name, double most) {
    return new Goal(text, new Figure.Single(name), new Bound.AtMost(most));
  }

  /** Returns a goal without a bound: the measurement is only reported. */
  public static Goal stated(String text, String name) {
    return new Goal(text, new Figure.Single(name), Bound.STATED);
  }

  /** Returns whether the measurements of a run reach the goal. */
  public Verdict verdict(Map<String, Measurement> measured) {
    if (bound instanceof Bound.Stated) {
      return Verdict.STATED;
    }
    return bound.holds(figure.of(measured)) ? Verdict.REACHED : Verdict.MISSED;
  }
}
