package dev.nommu.mtd.power;

/**
 * The power supply of flash chips. It is queried at each step that changes their cells, so that a
 * test can fail the power at any of them. Called with the chips locked.
 */
@FunctionalInterface
public interface PowerSupply {
  /** Power that never fails. */
  PowerSupply STEADY = (action, offset, length) -> Level.FULL;

  /** The effect of a step. */
  enum Action {
    /** Clears bits of one word of a chip. */
    PROGRAM,
    /** Sets all bits of one erase block of a chip. */
    ERASE
  }

  /** The power available for a step. */
  enum Level {
    /** The step completes. */
    FULL,
    /** The power fails midway: the cells are left between old and new. */
    FAILING,
    /** There is no power; nothing is changed. */
    OFF
  }

  /**
   * Returns the power available for a step.
   *
   * @param offset bytes from the start of the chips side by side
   * @param length bytes, including the interleaved ones of the other chips
   */
  Level during(Action action, long offset, long length);
}
