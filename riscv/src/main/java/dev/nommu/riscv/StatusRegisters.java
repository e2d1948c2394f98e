package dev.nommu.riscv;

import dev.nommu.api.ProcessorMemory;
import java.lang.invoke.VarHandle;

/** Executes FENCE and the CSR instructions. */
final class StatusRegisters {
  private final Registers registers;
  private final ProcessorMemory memory;
  private long retired;

  StatusRegisters(Registers registers, ProcessorMemory memory) {
    this.registers = registers;
    this.memory = memory;
  }

  /** Returns the number of instructions retired before the block being executed. */
  long retired() {
    return retired;
  }

  void retire(long instructions) {
    retired += instructions;
  }

  /**
   * Executes an operation from {@link Op#FENCE} on.
   *
   * @param a the number of the source register, or the operand itself
   */
  void execute(int op, int d, int a, int csr) {
    if (op == Op.FENCE) {
      VarHandle.fullFence();
      return;
    }
    long operand = op >= Op.CSRRWI ? a : registers.x[a];
    long before = read(csr);
    if (Csr.writes(op, a)) {
      write(csr, combined(op, before, operand));
    }
    registers.x[d] = before;
  }

  private static long combined(int op, long before, long operand) {
    return switch (op) {
      case Op.CSRRW, Op.CSRRWI -> operand;
      case Op.CSRRS, Op.CSRRSI -> before | operand;
      default -> before & ~operand;
    };
  }

  private long read(int csr) {
    return switch (csr) {
      case Csr.FFLAGS -> registers.flags;
      case Csr.FRM -> registers.rounding;
      case Csr.FCSR -> registers.fcsr();
      case Csr.TIME -> memory.time(retired);
      default -> retired;
    };
  }

  private void write(int csr, long value) {
    switch (csr) {
      case Csr.FFLAGS -> registers.flags = (int) value & 31;
      case Csr.FRM -> registers.rounding = (int) value & 7;
      default -> registers.setFcsr(value);
    }
  }
}
