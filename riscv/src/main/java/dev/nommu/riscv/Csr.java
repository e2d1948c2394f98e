package dev.nommu.riscv;

/** The control and status registers of user mode. */
final class Csr {
  static final int FFLAGS = 0x001;
  static final int FRM = 0x002;
  static final int FCSR = 0x003;
  static final int CYCLE = 0xc00;
  static final int TIME = 0xc01;
  static final int INSTRET = 0xc02;

  private Csr() {}

  /**
   * Returns the instruction; an illegal one if the CSR does not exist or a write to it is not
   * allowed.
   */
  static Instruction checked(Instruction instruction) {
    boolean allowed =
        switch (instruction.immediate()) {
          case FFLAGS, FRM, FCSR -> true;
          case CYCLE, TIME, INSTRET -> !writes(instruction.op(), instruction.a());
          default -> false;
        };
    return allowed ? instruction : Instruction.illegal();
  }

  /** Returns whether an instruction reads a counter, which changes with each instruction. */
  static boolean readsCounter(Instruction instruction) {
    return instruction.op() >= Op.CSRRW
        && instruction.op() <= Op.CSRRCI
        && instruction.immediate() >= CYCLE;
  }

  /**
   * Returns whether an instruction writes.
   *
   * @param a the source register, or the operand itself
   */
  static boolean writes(int op, int a) {
    return op == Op.CSRRW || op == Op.CSRRWI || a != 0;
  }
}
