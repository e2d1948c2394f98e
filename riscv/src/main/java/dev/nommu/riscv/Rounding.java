package dev.nommu.riscv;

/** A rounding mode, and the exceptions that operations in it have raised. */
final class Rounding {
  static final int TO_NEAREST_EVEN = 0;
  static final int TO_ZERO = 1;
  static final int DOWN = 2;
  static final int UP = 3;
  static final int TO_NEAREST_AWAY = 4;

  static final int INEXACT = 1;
  static final int UNDERFLOW = 2;
  static final int OVERFLOW = 4;
  static final int DIVISION_BY_ZERO = 8;
  static final int INVALID = 16;

  int mode;
  int flags;

  void raise(int exceptions) {
    flags |= exceptions;
  }

  /** Returns whether a sum that is exactly zero is negative, unless both operands are zeros. */
  boolean isZeroNegative() {
    return mode == DOWN;
  }

  /**
   * Returns a number rounded to a format in this mode.
   *
   * @param significand not 0, unsigned; if it is not exact, its lowest bit is 1 and it has 2 bits
   *     more than the format
   */
  long round(FloatFormat format, boolean negative, int exponent, long significand) {
    int length = Long.SIZE - Long.numberOfLeadingZeros(significand);
    int drop = Math.max(length - format.precision, format.lowest - exponent);
    if (!isExact(significand, drop)) {
      boolean isTiny = isTiny(format, negative, exponent, significand);
      raise(isTiny ? INEXACT | UNDERFLOW : INEXACT);
    }
    int steps = exponent + drop - format.lowest;
    if (steps >= format.field(format.infinity) - 1) {
      return overflow(format, negative);
    }
    long magnitude =
        shortened(significand, drop, negative) + ((long) steps << (format.precision - 1));
    return magnitude >= format.infinity
        ? overflow(format, negative)
        : format.zero(negative) | magnitude;
  }

  private long overflow(FloatFormat format, boolean negative) {
    raise(OVERFLOW | INEXACT);
    boolean toInfinity =
        switch (mode) {
          case TO_ZERO -> false;
          case DOWN -> negative;
          case UP -> !negative;
          default -> true;
        };
    return toInfinity ? format.infinity(negative) : format.infinity(negative) - 1;
  }

  /** Returns whether a number is tiny after rounding, as if the exponent had no lower bound. */
  private boolean isTiny(FloatFormat format, boolean negative, int exponent, long significand) {
    int length = Long.SIZE - Long.numberOfLeadingZeros(significand);
    long rounded = shortened(significand, length - format.precision, negative);
    int carry = rounded >>> format.precision == 0 ? 0 : 1;
    return exponent + length + carry < format.lowest + format.precision;
  }

  /** Returns whether the lowest bits are 0. */
  static boolean isExact(long significand, int bits) {
    return bits < Long.SIZE
        ? bits <= 0 || significand << (Long.SIZE - bits) == 0
        : significand == 0;
  }

  /** Returns an unsigned number rounded to drop its lowest bits. */
  long shortened(long significand, int bits, boolean negative) {
    if (bits <= 0) {
      return significand << -bits;
    }
    long kept = bits < Long.SIZE ? significand >>> bits : 0;
    return isExact(significand, bits) || !goesUp(significand, bits, negative) ? kept : kept + 1;
  }

  private boolean goesUp(long significand, int bits, boolean negative) {
    return switch (mode) {
      case TO_ZERO -> false;
      case DOWN -> negative;
      case UP -> !negative;
      case TO_NEAREST_AWAY -> compareToHalf(significand, bits) >= 0;
      default -> {
        int half = compareToHalf(significand, bits);
        yield half > 0 || (half == 0 && bits < Long.SIZE && (significand >>> bits & 1) == 1);
      }
    };
  }

  private static int compareToHalf(long significand, int bits) {
    return bits > Long.SIZE
        ? -1
        : Long.compareUnsigned(significand << (Long.SIZE - bits), Long.MIN_VALUE);
  }
}
