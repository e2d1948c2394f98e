package dev.nommu.riscv;

/**
 * A number with an unsigned 128-bit significand: the exact product of two others, or a sum whose
 * lowest bit is set if nonzero bits below it were lost.
 */
record Wide(boolean negative, int exponent, long high, long low) {
  /** Returns a number that is not 0. */
  static Wide of(boolean negative, int exponent, long significand) {
    int left = Long.numberOfLeadingZeros(significand) - 1;
    return new Wide(negative, exponent - left - Long.SIZE, significand << left, 0);
  }

  /** Returns the product of significands that are not 0 and have up to 53 bits. */
  static Wide product(boolean negative, int exponent, long a, long b) {
    int leftOfA = Long.numberOfLeadingZeros(a) - 1;
    int leftOfB = Long.numberOfLeadingZeros(b) - 1;
    return new Wide(
        negative,
        exponent - leftOfA - leftOfB,
        Math.multiplyHigh(a << leftOfA, b << leftOfB),
        (a << leftOfA) * (b << leftOfB));
  }

  /** Returns the sum; the highest bits of both must be at 124 to 126. */
  Wide plus(Wide other) {
    if (exponent < other.exponent) {
      return other.plus(this);
    }
    Wide shifted = other.shiftedRight(exponent - other.exponent);
    if (negative == other.negative) {
      return plusMagnitude(shifted);
    }
    return isBelow(shifted) ? shifted.minusMagnitude(this) : minusMagnitude(shifted);
  }

  private Wide plusMagnitude(Wide other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Wide(negative, exponent, high + other.high + carry, sum);
  }

  private Wide minusMagnitude(Wide other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Wide(negative, exponent, high - other.high - borrow, low - other.low);
  }

  private boolean isBelow(Wide other) {
    int highs = Long.compareUnsigned(high, other.high);
    return highs < 0 || (highs == 0 && Long.compareUnsigned(low, other.low) < 0);
  }

  private Wide shiftedRight(int bits) {
    int to = exponent + bits;
    if (bits == 0) {
      return this;
    }
    if (bits >= Long.SIZE) {
      return new Wide(negative, to, 0, shiftRight(high, bits - Long.SIZE) | (low == 0 ? 0 : 1));
    }
    long lower = high << (Long.SIZE - bits) | low >>> bits;
    long lost = low << (Long.SIZE - bits);
    return new Wide(negative, to, high >>> bits, lost == 0 ? lower : lower | 1);
  }

  /** Shifts an unsigned number; lost nonzero bits set the lowest bit. */
  static long shiftRight(long number, int bits) {
    if (bits <= 0) {
      return number;
    }
    long kept = bits < Long.SIZE ? number >>> bits : 0;
    return Rounding.isExact(number, bits) ? kept : kept | 1;
  }

  /** Returns the number rounded to a format; for a sum of 0, the zero of the rounding mode. */
  long round(FloatFormat format, Rounding rounding) {
    if (high == 0 && low == 0) {
      return format.zero(rounding.isZeroNegative());
    }
    if (high == 0) {
      return rounding.round(format, negative, exponent, low);
    }
    int left = Long.numberOfLeadingZeros(high);
    long top = left == 0 ? high : high << left | low >>> (Long.SIZE - left);
    long significand = low << left == 0 ? top : top | 1;
    return rounding.round(format, negative, exponent + Long.SIZE - left, significand);
  }
}
