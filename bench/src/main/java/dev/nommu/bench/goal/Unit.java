package dev.nommu.bench.goal;

import java.util.List;
import java.util.Locale;

/** The unit of a figure. */
public enum Unit {
  /** Time, in nanoseconds. */
  TIME(1000, 3, "ns", "µs", "ms", "s"),
  /** Operations per second. */
  RATE(1000, 3, "/s", "k/s", "M/s", "G/s"),
  /** Bytes. */
  BYTES(1024, 2, "B", "KiB", "MiB", "GiB"),
  /** A fraction between 0 and 1, such as a share of memory. */
  SHARE(1, 0, "");

  private final int step;
  private final int steps;
  private final List<String> suffixes;

  Unit(int step, int steps, String... suffixes) {
    this.step = step;
    this.steps = steps;
    this.suffixes = List.of(suffixes);
  }

  /** Returns a figure in human-readable form, with three digits: {@code "1.24 µs"}. */
  public String format(double figure) {
    double shown = figure;
    int suffix = 0;
    while (suffix < steps && Math.abs(shown) >= step) {
      shown /= step;
      suffix++;
    }
    return (digits(shown) + " " + suffixes.get(suffix)).strip();
  }

  /** Returns a number with three digits, or more if its integer part is longer. */
  static String digits(double number) {
    double size = Math.abs(number);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
