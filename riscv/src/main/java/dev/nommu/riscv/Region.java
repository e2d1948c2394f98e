package dev.nommu.riscv;

/**
 * Blocks that lead to each other, compiled by {@link RegionCompiler} to one Java method that holds
 * registers in local variables.
 */
abstract class Region {
  /** The number of instructions that must be allowed to enter it: those of all its blocks. */
  final int weight;

  Region(int weight) {
    this.weight = weight;
  }

  /**
   * Executes instructions from the region's first block on and subtracts them from {@link
   * Frame#left}. Stops before a jump back if that is less than the weight, and before an
   * instruction that it cannot complete; the interpreter then continues.
   *
   * @return the address of the next instruction
   */
  abstract long run(Frame frame);
}
