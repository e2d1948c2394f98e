package dev.nommu.riscv;

/**
 * Blocks that lead to each other, as one method of Java with registers in its variables: what
 * {@link RegionCompiler} makes of them.
 */
abstract class Region {
  /**
   * Executes instructions from the region's first block on, as many as {@link Frame#left} allows,
   * and takes them off it. Stops early before an instruction that it cannot do to the end, which is
   * the interpreter's then.
   *
   * @return the address of the next instruction
   */
  abstract long run(Frame frame);
}
