package dev.nommu.riscv;

/** Singles in 64-bit registers, boxed in NaNs: the bits above them are 1. */
final class Single {
  private static final long BOX = 0xffff_ffff_0000_0000L;
  private static final int CANONICAL_NAN = 0x7fc0_0000;

  private Single() {}

  /** Returns a register that holds these bits. */
  static long boxed(int bits) {
    return BOX | (bits & 0xffff_ffffL);
  }

  /** Returns the bits of a single, or those of the canonical NaN if the register holds none. */
  static int unboxed(long register) {
    return register >>> 32 == 0xffff_ffffL ? (int) register : CANONICAL_NAN;
  }
}
