package dev.nommu.bench.goal;

/** The length of a benchmark's warm-up, as a multiple of the usual one. */
public enum WarmUp {
  /** For an operation that the JIT sees thousands of times per second. */
  USUAL(1),
  /** For an operation with so much code that the JIT needs seconds to see all of it. */
  LONG(8);

  private final int times;

  WarmUp(int times) {
    this.times = times;
  }

  /** Returns the number of warm-up iterations, given the usual number. */
  public int iterations(int usual) {
    return times * usual;
  }
}
