package dev.nommu.bench.goal;

import java.util.Map;

/** The number that a goal limits, computed from the measurements of one run of its row. */
public sealed interface Figure {
  /**
   * Returns the number.
   *
   * @param measured the measurements of the row, by name
   * @throws IllegalArgumentException if a required measurement is missing
   */
  double of(Map<String, Measurement> measured);

  /** Returns the number in human-readable form. */
  String format(Map<String, Measurement> measured);

  /**
   * A single measurement.
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
   * @param dividend the name of the dividend
   * @param divisor the name of the divisor
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
   * The throughput of several threads divided by that of one.
   *
   * @param threads the number of threads
   * @param one the name of the time that a single thread takes
   * @param several the name of the time that each of several threads takes
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
   * Operations per second.
   *
   * @param operations the name of their number
   * @param time the name of their total time
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
