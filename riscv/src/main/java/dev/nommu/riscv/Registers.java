package dev.nommu.riscv;

/** The registers of a hart, except the pc. */
final class Registers {
  /** x0 to x31, and at {@link Instruction#NOWHERE} the values written to x0. */
  final long[] x = new long[Instruction.NOWHERE + 1];

  /** f0 to f31; a single is in the low half, with all bits above set to 1. */
  final long[] f = new long[32];

  /** The accrued floating-point exceptions: the low 5 bits of fcsr. */
  int flags;

  /** The rounding mode: any value of 3 bits. */
  int rounding;

  int fcsr() {
    return rounding << 5 | flags;
  }

  void setFcsr(long value) {
    flags = (int) value & 31;
    rounding = (int) value >>> 5 & 7;
  }

  /** Copies the values of others. */
  void set(Registers others) {
    System.arraycopy(others.x, 0, x, 0, x.length);
    System.arraycopy(others.f, 0, f, 0, f.length);
    flags = others.flags;
    rounding = others.rounding;
  }
}
