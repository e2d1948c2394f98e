package dev.nommu.bench.goal;

/**
 * A measured figure.
 *
 * @param name the benchmark's method and its parameters; unique in its row
 * @param figure the mean, in the base unit (nanoseconds for time)
 * @param error half of the 99.9 % confidence interval of the mean; 0 if unknown
 * @param unit the unit
 */
public record Measurement(String name, double figure, double error, Unit unit) {
  /** Returns an exact measurement. */
  public static Measurement exact(String name, double figure, Unit unit) {
    return new Measurement(name, figure, 0, unit);
  }

  /** Returns the figure with its unit and, if known, its error. */
  @Override
  public String toString() {
    return error == 0 || Double.isNaN(error)
        ? unit.format(figure)
        : unit.format(figure) + " ± " + unit.format(error);
  }
}
