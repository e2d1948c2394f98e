package dev.nommu.mtd.power;

/**
 * The power supply of flash chips. It is asked at each step with which they change their cells, so
 * that a test can let the power go at any of them. Called with the chips locked.
 */
@FunctionalInterface
public interface PowerSupply {
  /** Power that never goes. */
  PowerSupply STEADY = (action, offset, length) -> Level.FULL;

  /** The effect of a step. */
  enum Action {
    /** It clears bits of one word of a chip. */
    PROGRAM,
    /** It sets all bits of one erase block of a chip. */
    ERASE
  }

  /** How long the power lasts. */
  enum Level {
    /** The step is done. */
    FULL,
    /** The power goes in the middle: what the step is about is left between old and new. */
    FAILING,
    /** There is none; nothing is changed. */
    OFF
  }

  /**
   * Returns how much power there is for a step.
   *
   * @param offset where it begins, bytes from the start of the chips that are side by side
   * @param length bytes, with those between that belong to the other chips
   */
  Level during(Action action, long offset, long length);
}
