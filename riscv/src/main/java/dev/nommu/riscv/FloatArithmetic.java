package dev.nommu.riscv;

/** Arithmetic on one format, in integers: exact except for one rounding at the end. */
final class FloatArithmetic {
  /**
   * Bits of a quotient or root: enough to round to a format, while remainders fit in a {@code
   * long}.
   */
  private static final int DIGITS = 60;

  private final FloatFormat format;
  private final Rounding rounding;

  FloatArithmetic(FloatFormat format, Rounding rounding) {
    this.format = format;
    this.rounding = rounding;
  }

  long add(long a, long b) {
    if (format.isNan(a) || format.isNan(b)) {
      return nan(a, b);
    }
    if (format.isInfinite(a)) {
      return format.isInfinite(b) && a != b ? invalid() : a;
    }
    if (format.isInfinite(b) || (format.isZero(a) && !format.isZero(b))) {
      return b;
    }
    if (format.isZero(b)) {
      return format.isZero(a) ? zeroSum(a, b) : a;
    }
    return format.exponent(a) >= format.exponent(b) ? sum(a, b) : sum(b, a);
  }

  private long zeroSum(long a, long b) {
    return a == b ? a : format.zero(rounding.isZeroNegative());
  }

  /** Adds finite numbers; the exponent of the first must not be lower than that of the second. */
  private long sum(long a, long b) {
    long ofA = format.significand(a);
    int distance = format.exponent(a) - format.exponent(b);
    int left = Math.min(distance, Long.numberOfLeadingZeros(ofA) - 2);
    ofA <<= left;
    long ofB = Wide.shiftRight(format.significand(b), distance - left);
    long sum = (format.isNegative(a) ? -ofA : ofA) + (format.isNegative(b) ? -ofB : ofB);
    return sum == 0
        ? format.zero(rounding.isZeroNegative())
        : rounding.round(format, sum < 0, format.exponent(a) - left, Math.abs(sum));
  }

  long subtract(long a, long b) {
    return add(a, b ^ format.signBit);
  }

  long multiply(long a, long b) {
    if (format.isNan(a) || format.isNan(b)) {
      return nan(a, b);
    }
    if (isInfinityTimesZero(a, b)) {
      return invalid();
    }
    boolean negative = format.isNegative(a ^ b);
    if (format.isInfinite(a) || format.isInfinite(b)) {
      return format.infinity(negative);
    }
    if (format.isZero(a) || format.isZero(b)) {
      return format.zero(negative);
    }
    return product(a, b).round(format, rounding);
  }

  private boolean isInfinityTimesZero(long a, long b) {
    return (format.isInfinite(a) && format.isZero(b)) || (format.isZero(a) && format.isInfinite(b));
  }

  private Wide product(long a, long b) {
    return Wide.product(
        format.isNegative(a ^ b),
        format.exponent(a) + format.exponent(b),
        format.significand(a),
        format.significand(b));
  }

  /** Returns the product plus a third number, rounded once. */
  long multiplyAdd(long a, long b, long c) {
    if (isInfinityTimesZero(a, b)) {
      return invalid();
    }
    if (format.isNan(a) || format.isNan(b) || format.isNan(c)) {
      return nan(a, b, c);
    }
    boolean negative = format.isNegative(a ^ b);
    if (format.isInfinite(a) || format.isInfinite(b)) {
      return add(format.infinity(negative), c);
    }
    if (format.isInfinite(c)) {
      return c;
    }
    if (format.isZero(a) || format.isZero(b)) {
      return add(format.zero(negative), c);
    }
    Wide product = product(a, b);
    return (format.isZero(c) ? product : product.plus(wide(c))).round(format, rounding);
  }

  long divide(long a, long b) {
    if (format.isNan(a) || format.isNan(b)) {
      return nan(a, b);
    }
    boolean negative = format.isNegative(a ^ b);
    if (format.isInfinite(a)) {
      return format.isInfinite(b) ? invalid() : format.infinity(negative);
    }
    if (format.isZero(b)) {
      return format.isZero(a) ? invalid() : divisionByZero(negative);
    }
    return format.isZero(a) || format.isInfinite(b)
        ? format.zero(negative)
        : quotient(negative, a, b);
  }

  private Wide wide(long a) {
    return Wide.of(format.isNegative(a), format.exponent(a), format.significand(a));
  }

  private long divisionByZero(boolean negative) {
    rounding.raise(Rounding.DIVISION_BY_ZERO);
    return format.infinity(negative);
  }

  /** Long division, a digit at a time; a remainder sets the last digit to 1. */
  private long quotient(boolean negative, long a, long b) {
    int leftOfA = Long.numberOfLeadingZeros(format.significand(a)) - 2;
    int leftOfB = Long.numberOfLeadingZeros(format.significand(b)) - 2;
    long divisor = format.significand(b) << leftOfB;
    long rest = format.significand(a) << leftOfA;
    long digits = 0;
    for (int i = 0; i < DIGITS; i++) {
      digits <<= 1;
      if (rest >= divisor) {
        rest -= divisor;
        digits |= 1;
      }
      rest <<= 1;
    }
    int exponent = format.exponent(a) - leftOfA - (format.exponent(b) - leftOfB) - (DIGITS - 1);
    return rounding.round(format, negative, exponent, rest == 0 ? digits : digits | 1);
  }

  long squareRoot(long a) {
    if (format.isNan(a)) {
      return nan(a, a);
    }
    if (format.isZero(a) || a == format.infinity) {
      return a;
    }
    return format.isNegative(a) ? invalid() : root(a);
  }

  /** A digit at a time as well: each takes two of the radicand, whose exponent is made even. */
  private long root(long a) {
    int left = Long.numberOfLeadingZeros(format.significand(a)) - 2;
    left -= (format.exponent(a) - left) & 1;
    long radicand = format.significand(a) << left;
    long rest = 0;
    long digits = 0;
    for (int i = 0; i < DIGITS; i++) {
      rest = rest << 2 | (radicand >>> 60 & 3);
      radicand <<= 2;
      long step = digits << 2 | 1;
      digits <<= 1;
      if (rest >= step) {
        rest -= step;
        digits |= 1;
      }
    }
    int exponent = (format.exponent(a) - left + 62) / 2 - DIGITS;
    return rounding.round(format, false, exponent, rest == 0 ? digits : digits | 1);
  }

  /** Returns the NaN that results from operands with a NaN among them. */
  private long nan(long a, long b, long c) {
    nan(a, b);
    return nan(b, c);
  }

  private long nan(long a, long b) {
    if (format.isSignaling(a) || format.isSignaling(b)) {
      rounding.raise(Rounding.INVALID);
    }
    return format.canonicalNan;
  }

  private long invalid() {
    rounding.raise(Rounding.INVALID);
    return format.canonicalNan;
  }
}
