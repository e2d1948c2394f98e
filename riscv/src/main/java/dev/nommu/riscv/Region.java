package dev.nommu.riscv;

/**
 * Blocks that lead to each other, as one method of Java with registers in its variables: what
 * {@link RegionCompiler} makes of them.
 */
abstract class Region {
  /** How many instructions have to be allowed before it is begun: those of all its blocks. */
  final int weight;

  Region(int weight) {
    this.weight = weight;
  }

  /**
   * Executes instructions from the region's first block on and takes them off {@link Frame#left}.
   * Stops before that becomes less than the weight, and before an instruction that it cannot do to
   * the end; these are the interpreter's then.
   *
   * @return the address of the next instruction
   */
  abstract long run(Frame frame);
}
