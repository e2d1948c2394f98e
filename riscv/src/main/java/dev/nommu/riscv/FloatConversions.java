package dev.nommu.riscv;

/** Conversions of one format to and from integers, and from the other format. */
final class FloatConversions {
  private final FloatFormat format;
  private final Rounding rounding;

  FloatConversions(FloatFormat format, Rounding rounding) {
    this.format = format;
    this.rounding = rounding;
  }

  /** Returns the number of this format nearest to a number of another. */
  long from(FloatFormat other, long bits) {
    if (other.isNan(bits)) {
      rounding.raise(other.isSignaling(bits) ? Rounding.INVALID : 0);
      return format.canonicalNan;
    }
    boolean negative = other.isNegative(bits);
    if (other.isInfinite(bits)) {
      return format.infinity(negative);
    }
    return other.isZero(bits)
        ? format.zero(negative)
        : rounding.round(format, negative, other.exponent(bits), other.significand(bits));
  }

  long fromSigned(long value) {
    return value == 0 ? 0 : rounding.round(format, value < 0, 0, Math.abs(value));
  }

  long fromUnsigned(long value) {
    return value == 0 ? 0 : rounding.round(format, false, 0, value);
  }

  /** Returns the nearest signed integer of 32 or 64 bits; 32 bits are sign-extended. */
  long toSigned(long bits, int width) {
    long most = -1L >>> (Long.SIZE + 1 - width);
    boolean negative = format.isNegative(bits) && !format.isNan(bits);
    return negative ? -toMagnitude(bits, most + 1, true) : toMagnitude(bits, most, false);
  }

  /** Returns the nearest unsigned integer; 32 bits are sign-extended, too. */
  long toUnsigned(long bits, int width) {
    boolean negative = format.isNegative(bits) && !format.isNan(bits);
    long most = negative ? 0 : -1L >>> (Long.SIZE - width);
    long magnitude = toMagnitude(bits, most, negative);
    return width == Integer.SIZE ? (int) magnitude : magnitude;
  }

  /** Returns the magnitude; the highest one for a NaN and for anything above the highest. */
  private long toMagnitude(long bits, long most, boolean negative) {
    if (format.field(bits) == format.field(format.infinity)) {
      return invalid(most);
    }
    long significand = format.significand(bits);
    int exponent = format.exponent(bits);
    if (significand != 0 && exponent > Long.numberOfLeadingZeros(significand)) {
      return invalid(most);
    }
    long magnitude = rounding.shortened(significand, -exponent, negative);
    if (Long.compareUnsigned(magnitude, most) > 0) {
      return invalid(most);
    }
    rounding.raise(Rounding.isExact(significand, -exponent) ? 0 : Rounding.INEXACT);
    return magnitude;
  }

  private long invalid(long result) {
    rounding.raise(Rounding.INVALID);
    return result;
  }
}
