package dev.nommu.bench.goal;

/**
 * A figure that was measured.
 *
 * @param name what of, unique in its row: the benchmark's method and its parameters
 * @param figure the mean, in the unit's smallest
 * @param error half of the interval that holds the mean with 99.9 %; 0 if nothing is known of it
 * @param unit what it counts
 */
public record Measurement(String name, double figure, double error, Unit unit) {
  /** Makes a measurement that is exact. */
  public static Measurement exact(String name, double figure, Unit unit) {
    return new Measurement(name, figure, 0, unit);
  }

  /** Returns the figure with its unit and, where it is known, its error. */
  @Override
  public String toString() {
    return error == 0 || Double.isNaN(error)
        ? unit.format(figure)
        : unit.format(figure) + " ± " + unit.format(error);
  }
}
