package dev.nommu.riscv;

/** Comparison, selection and classification for one format. */
final class FloatComparison {
  private static final int NEGATIVE_INFINITY = 1;
  private static final int POSITIVE_INFINITY = 1 << 7;
  private static final int SIGNALING = 1 << 8;
  private static final int QUIET = 1 << 9;

  private final FloatFormat format;
  private final Rounding rounding;

  FloatComparison(FloatFormat format, Rounding rounding) {
    this.format = format;
    this.rounding = rounding;
  }

  /** Returns 1 if the numbers are equal; only signaling NaNs are invalid. */
  int equal(long a, long b) {
    if (format.isNan(a) || format.isNan(b)) {
      raiseIfSignaling(a, b);
      return 0;
    }
    return a == b || (format.isZero(a) && format.isZero(b)) ? 1 : 0;
  }

  /** Returns 1 if the first is below the second; all NaNs are invalid. */
  int less(long a, long b) {
    if (format.isNan(a) || format.isNan(b)) {
      rounding.raise(Rounding.INVALID);
      return 0;
    }
    return order(a) < order(b) && equal(a, b) == 0 ? 1 : 0;
  }

  /** Returns 1 if the first is below or equal to the second; all NaNs are invalid. */
  int lessOrEqual(long a, long b) {
    return less(a, b) | equal(a, b);
  }

  /** Returns the lower number; -0 is lower than 0, and a number is preferred to a NaN. */
  long minimum(long a, long b) {
    raiseIfSignaling(a, b);
    if (format.isNan(a)) {
      return format.isNan(b) ? format.canonicalNan : b;
    }
    return format.isNan(b) || order(a) < order(b) ? a : b;
  }

  /** Returns the higher number, by the same rules. */
  long maximum(long a, long b) {
    raiseIfSignaling(a, b);
    if (format.isNan(a)) {
      return format.isNan(b) ? format.canonicalNan : b;
    }
    return format.isNan(b) || order(a) > order(b) ? a : b;
  }

  /** Returns the result of FCLASS: one of 10 bits. */
  int classOf(long a) {
    if (format.isNan(a)) {
      return format.isSignaling(a) ? SIGNALING : QUIET;
    }
    boolean negative = format.isNegative(a);
    if (format.isInfinite(a)) {
      return negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
    }
    int fromZero = format.isZero(a) ? 0 : format.field(a) == 0 ? 1 : 2;
    return 1 << (negative ? 3 - fromZero : 4 + fromZero);
  }

  /** Returns an integer with the order of the floating-point number. */
  private long order(long a) {
    return format.isNegative(a) ? -1 - format.magnitude(a) : format.magnitude(a);
  }

  private void raiseIfSignaling(long a, long b) {
    if (format.isSignaling(a) || format.isSignaling(b)) {
      rounding.raise(Rounding.INVALID);
    }
  }
}
