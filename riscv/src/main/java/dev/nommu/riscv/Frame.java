package dev.nommu.riscv;

/** The state that the code of a {@link Region} works with. */
final class Frame {
  final Registers registers;
  final DataMemory memory;
  final FloatUnit floats;

  /** The number of instructions that may still be executed. */
  long left;

  /** Whether instructions in memory may have changed: blocks and regions must not be entered. */
  volatile boolean isStale;

  Frame(Registers registers, DataMemory memory, FloatUnit floats) {
    this.registers = registers;
    this.memory = memory;
    this.floats = floats;
  }
}
