package dev.nommu.bench.goal;

import java.util.Map;

/**
 * A goal, and the figure that tells whether it is reached.
 *
 * @param text the goal in words, as a person set it
 * @param figure the number it is about
 * @param bound what the number ought to be
 */
public record Goal(String text, Figure figure, Bound bound) {
  /** How a goal and a run compare. */
  public enum Verdict {
    /** The goal is reached. */
    REACHED,
    /** The goal is missed. */
    MISSED,
    /** There was no goal. */
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

  /** Returns that a measurement is stated, whatever it is. */
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
