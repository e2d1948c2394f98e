package dev.nommu.riscv;

/**
 * Binary32 or binary64. A finite number is its significand, an integer, times 2 to the power of its
 * exponent. Its bits are the low ones of a {@code long}; those above are 0.
 */
final class FloatFormat {
  static final FloatFormat SINGLE = new FloatFormat(24, 32);
  static final FloatFormat DOUBLE = new FloatFormat(53, 64);

  /** Bits of a significand. */
  final int precision;

  /** The exponent of the smallest number. */
  final int lowest;

  final long signBit;
  final long infinity;
  final long canonicalNan;
  private final int bias;

  private FloatFormat(int precision, int width) {
    this.precision = precision;
    this.signBit = 1L << (width - 1);
    this.infinity = signBit - (1L << (precision - 1));
    this.canonicalNan = infinity | 1L << (precision - 2);
    this.bias = (1 << (width - precision - 1)) - 1;
    this.lowest = 2 - bias - precision;
  }

  boolean isNegative(long bits) {
    return (bits & signBit) != 0;
  }

  boolean isNan(long bits) {
    return magnitude(bits) > infinity;
  }

  boolean isSignaling(long bits) {
    return isNan(bits) && (bits & 1L << (precision - 2)) == 0;
  }

  boolean isInfinite(long bits) {
    return magnitude(bits) == infinity;
  }

  boolean isZero(long bits) {
    return magnitude(bits) == 0;
  }

  /** Returns the bits without the sign. */
  long magnitude(long bits) {
    return bits & (signBit - 1);
  }

  /** Returns the exponent's field: 0 for subnormal numbers. */
  int field(long bits) {
    return (int) (magnitude(bits) >>> (precision - 1));
  }

  /** Returns the significand of a finite number. */
  long significand(long bits) {
    long fraction = bits & ((1L << (precision - 1)) - 1);
    return field(bits) == 0 ? fraction : fraction | 1L << (precision - 1);
  }

  /** Returns the exponent of a finite number. */
  int exponent(long bits) {
    return Math.max(field(bits), 1) - 1 + lowest;
  }

  long zero(boolean negative) {
    return negative ? signBit : 0;
  }

  long infinity(boolean negative) {
    return zero(negative) | infinity;
  }
}
