package dev.nommu.bench.goal;

import java.util.Map;

/** The number a goal is about, computed from the measurements of one run of its row. */
public sealed interface Figure {
  /**
   * Returns the number.
   *
   * @param measured the measurements of the row, by name
   * @throws IllegalArgumentException if one that is needed is missing
   */
  double of(Map<String, Measurement> measured);

  /** Returns the number as a person reads it. */
  String format(Map<String, Measurement> measured);

  /**
   * One measurement itself.
   *
   * @param name its name
   */
  record Single(String name) implements Figure {
    @Override
    public double of(Map<String, Measurement> measured) {
      return require(measured, name).figure();
    }

    @Override
    public String format(Map<String, Measurement> measured) {
      return require(measured, name).toString();
    }
  }

  /**
   * One measurement divided by another of the same run.
   *
   * @param dividend the name of the one
   * @param divisor the name of the other
   */
  record Ratio(String dividend, String divisor) implements Figure {
    @Override
    public double of(Map<String, Measurement> measured) {
      return require(measured, dividend).figure() / require(measured, divisor).figure();
    }

    @Override
    public String format(Map<String, Measurement> measured) {
      return Unit.digits(of(measured))
          + " ("
          + require(measured, dividend)
          + " / "
          + require(measured, divisor)
          + ")";
    }
  }

  /**
   * How many times as much is done by several threads as by one.
   *
   * @param threads how many threads
   * @param one the name of the time one thread needs
   * @param several the name of the time each of several threads needs
   */
  record Speedup(int threads, String one, String several) implements Figure {
    @Override
    public double of(Map<String, Measurement> measured) {
      return threads * new Ratio(one, several).of(measured);
    }

    @Override
    public String format(Map<String, Measurement> measured) {
      return "%s (%d × %s / %s)"
          .formatted(
              Unit.digits(of(measured)),
              threads,
              require(measured, one),
              require(measured, several));
    }
  }

  /**
   * How many operations there are in a second.
   *
   * @param operations the name of their number
   * @param time the name of the time all of them take
   */
  record PerSecond(String operations, String time) implements Figure {
    private static final double NANOSECONDS = 1e9;

    @Override
    public double of(Map<String, Measurement> measured) {
      return new Ratio(operations, time).of(measured) * NANOSECONDS;
    }

    @Override
    public String format(Map<String, Measurement> measured) {
      return Unit.RATE.format(of(measured));
    }
  }

  private static Measurement require(Map<String, Measurement> measured, String name) {
    Measurement found = measured.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "expected a measurement \"%s\", found %s".formatted(name, measured.keySet()));
    }
    return found;
  }
}
