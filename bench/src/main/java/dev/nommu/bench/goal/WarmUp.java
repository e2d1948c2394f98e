package dev.nommu.bench.goal;

/** How long a benchmark runs before it is measured, as a multiple of what is usual. */
public enum WarmUp {
  /** For an operation that the JIT sees thousands of times in a second. */
  USUAL(1),
  /** For an operation of so much code that the JIT needs seconds to have seen all of it. */
  LONG(8);

  private final int times;

  WarmUp(int times) {
    this.times = times;
  }

  /** Returns how many iterations there are where this many are usual. */
  public int iterations(int usual) {
    return times * usual;
  }
}
