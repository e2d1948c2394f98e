package dev.nommu.riscv;

import java.util.Random;

/** Operands near which instructions change their behaviour. */
final class EdgeValues {
  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    2,
    -2,
    3,
    7,
    8,
    63,
    64,
    127,
    128,
    -128,
    255,
    256,
    0x7fff,
    0x8000,
    -0x8000,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    -0x8000_0000L,
    -0x8000_0001L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    0x5555_5555_5555_5555L,
    0xaaaa_aaaa_aaaa_aaaaL,
    0x7fff_ffff_8000_0000L,
    0xffff_ffff_0000_0000L
  };
  private static final long[] DOUBLES = {
    0x0000_0000_0000_0000L, 0x0000_0000_0000_0001L, 0x000f_ffff_ffff_ffffL,
    0x0010_0000_0000_0000L, 0x0010_0000_0000_0001L, 0x3fe0_0000_0000_0000L,
    0x3fdf_ffff_ffff_ffffL, 0x3ff0_0000_0000_0000L, 0x3ff0_0000_0000_0001L,
    0x3fef_ffff_ffff_ffffL, 0x3ff8_0000_0000_0000L, 0x4004_0000_0000_0000L,
    0x41df_ffff_ffc0_0000L, 0x41e0_0000_0000_0000L, 0x41e0_0000_0010_0000L,
    0x41ef_ffff_ffe0_0000L, 0x41ef_ffff_fff0_0000L, 0x41f0_0000_0000_0000L,
    0x43e0_0000_0000_0000L, 0x43df_ffff_ffff_ffffL, 0x43f0_0000_0000_0000L,
    0x43ef_ffff_ffff_ffffL, 0x4340_0000_0000_0000L, 0x7fef_ffff_ffff_ffffL,
    0x7ff0_0000_0000_0000L, 0x7ff8_0000_0000_0000L, 0x7ff0_0000_0000_0001L,
    0x7fff_ffff_ffff_ffffL, 0x7ff4_0000_0000_0000L, 0x36a0_0000_0000_0000L,
    0x3690_0000_0000_0000L, 0x3690_0000_0000_0001L, 0x380f_ffff_e000_0000L,
    0x380f_ffff_f000_0000L, 0x3810_0000_0000_0000L, 0x47ef_ffff_e000_0000L,
    0x47ef_ffff_f000_0000L, 0x47ef_ffff_efff_ffffL
  };
  private static final int[] SINGLES = {
    0x0000_0000, 0x0000_0001, 0x007f_ffff, 0x0080_0000, 0x0080_0001, 0x3f00_0000, 0x3eff_ffff,
    0x3f80_0000, 0x3f80_0001, 0x3f7f_ffff, 0x3fc0_0000, 0x4020_0000, 0x4eff_ffff, 0x4f00_0000,
    0x4f00_0001, 0x4f7f_ffff, 0x4f80_0000, 0x5eff_ffff, 0x5f00_0000, 0x5f7f_ffff, 0x5f80_0000,
    0x4b80_0000, 0x7f7f_ffff, 0x7f80_0000, 0x7fc0_0000, 0x7f80_0001, 0x7fff_ffff, 0x7fa0_0000
  };

  private final Random random;

  EdgeValues(Random random) {
    this.random = random;
  }

  long integer() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> INTEGERS[random.nextInt(INTEGERS.length)];
      case 4 -> (1L << random.nextInt(64)) + random.nextInt(3) - 1;
      case 5 -> random.nextInt(2001) - 1000;
      case 6 -> random.nextInt();
      default -> random.nextLong();
    };
  }

  /** Returns the bits of a double. */
  long doubleBits() {
    return sign(63)
        ^ switch (random.nextInt(6)) {
          case 0, 1 -> DOUBLES[random.nextInt(DOUBLES.length)];
          case 2 -> random.nextLong();
          case 3 -> near(0x3ff, 52, 4);
          case 4 ->
              random.nextInt(2) * 0x0010_0000_0000_0000L * random.nextInt(60)
                  + (random.nextLong() >>> (12 + random.nextInt(52)));
          default -> near(0x3ff, 52, 140);
        };
  }

  /** Returns a register that holds a single, with rare exceptions. */
  long singleInRegister() {
    return random.nextInt(24) == 0 ? doubleBits() : Single.boxed(singleBits());
  }

  private int singleBits() {
    return (int)
        (sign(31)
            ^ switch (random.nextInt(6)) {
              case 0, 1 -> SINGLES[random.nextInt(SINGLES.length)];
              case 2 -> random.nextInt();
              case 3 -> near(0x7f, 23, 4);
              case 4 ->
                  random.nextInt(2) * 0x0080_0000L * random.nextInt(30)
                      + (random.nextInt() >>> (9 + random.nextInt(23)));
              default -> near(0x7f, 23, 40);
            });
  }

  private long sign(int bit) {
    return (long) random.nextInt(2) << bit;
  }

  /**
   * Returns a double whose exponent is near the bias; often with few bits set, or many in a row.
   */
  private long near(int bias, int fraction, int distance) {
    long exponent = bias + random.nextInt(2 * distance + 1) - distance;
    long mask = (1L << fraction) - 1;
    long bits =
        switch (random.nextInt(4)) {
          case 0 -> 1L << random.nextInt(fraction);
          case 1 -> -1L << random.nextInt(fraction);
          default -> random.nextLong();
        };
    return exponent << fraction | bits & mask;
  }

  /** Returns a fraction of the size of a product's rounding error, so that a sum cancels. */
  long minusProduct(long a, long b) {
    double product = -(Double.longBitsToDouble(a) * Double.longBitsToDouble(b));
    return Double.doubleToLongBits(product) + random.nextInt(3) - 1;
  }

  /** The same for singles. */
  long minusSingleProduct(long a, long b) {
    float product =
        -(Float.intBitsToFloat(Single.unboxed(a)) * Float.intBitsToFloat(Single.unboxed(b)));
    return Single.boxed(Float.floatToIntBits(product) + random.nextInt(3) - 1);
  }
}
