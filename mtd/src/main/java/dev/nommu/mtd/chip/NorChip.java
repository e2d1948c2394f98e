package dev.nommu.mtd.chip;

/**
 * One chip as its bus cycles show it. Addresses are in words of the chip; data is a word. Not safe
 * for concurrent use.
 */
sealed interface NorChip permits IntelChip, AmdChip {
  /** Returns the result of a read cycle. */
  int read(long address);

  /** Performs a write cycle, which is a command or part of one. */
  void write(long address, int word);

  /**
   * Returns whether all read cycles return the contents of the array until the next write cycle.
   */
  boolean isReadingArray();
}
