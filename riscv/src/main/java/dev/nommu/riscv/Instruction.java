package dev.nommu.riscv;

/**
 * An instruction as the interpreter expects it.
 *
 * @param op one of {@link Op}
 * @param d the register it writes; for a store, the register that is stored
 * @param a its first source
 * @param b its second source
 * @param immediate its immediate; for a CSR instruction the number of the CSR, for a floating-point
 *     instruction the rounding mode in the low 3 bits and the third source above them
 */
record Instruction(int op, int d, int a, int b, int immediate) {
  /** The register for results that are written to x0, and so discarded. */
  static final int NOWHERE = 32;

  /** Returns an instruction that writes an integer register. */
  static Instruction toX(int op, int rd, int a, int b, int immediate) {
    return new Instruction(op, rd == 0 ? NOWHERE : rd, a, b, immediate);
  }

  static Instruction illegal() {
    return new Instruction(Op.ILLEGAL, 0, 0, 0, 0);
  }

  /** Returns whether it ends a block. */
  boolean endsBlock() {
    return op >= Op.FIRST_END;
  }

  /** Returns the operation and registers packed in one word, which {@link Interpreter} unpacks. */
  int word() {
    return op | d << 8 | a << 16 | b << 24;
  }
}
