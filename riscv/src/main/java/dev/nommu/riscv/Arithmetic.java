package dev.nommu.riscv;

/** Shifts, multiplications and divisions; none of them traps. */
final class Arithmetic {
  private Arithmetic() {}

  /** Returns the result of an operation from {@link Op#SLL} on. */
  static long of(int op, long a, long b) {
    return switch (op) {
      case Op.SLL -> a << b;
      case Op.SRL -> a >>> b;
      case Op.SRA -> a >> b;
      case Op.MULH -> Math.multiplyHigh(a, b);
      case Op.MULHSU -> Math.multiplyHigh(a, b) + (b < 0 ? a : 0);
      case Op.MULHU -> Math.unsignedMultiplyHigh(a, b);
      case Op.DIV -> b == 0 ? -1 : a / b;
      case Op.DIVU -> b == 0 ? -1 : Long.divideUnsigned(a, b);
      case Op.REM -> b == 0 ? a : a % b;
      case Op.REMU -> b == 0 ? a : Long.remainderUnsigned(a, b);
      default -> ofWords(op, (int) a, (int) b);
    };
  }

  private static int ofWords(int op, int a, int b) {
    return switch (op) {
      case Op.SLLW -> a << b;
      case Op.SRLW -> a >>> b;
      case Op.SRAW -> a >> b;
      case Op.MULW -> a * b;
      case Op.DIVW -> b == 0 ? -1 : a / b;
      case Op.DIVUW -> b == 0 ? -1 : Integer.divideUnsigned(a, b);
      case Op.REMW -> b == 0 ? a : a % b;
      default -> b == 0 ? a : Integer.remainderUnsigned(a, b);
    };
  }
}
