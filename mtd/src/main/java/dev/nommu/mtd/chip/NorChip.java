package dev.nommu.mtd.chip;

/**
 * One chip as its bus cycles show it. Addresses are in words of the chip; data is a word. Not safe
 * for concurrent use.
 */
sealed interface NorChip permits IntelChip, AmdChip {
  /** Returns what a read cycle gets. */
  int read(long address);

  /** Takes a write cycle, which is a command or a part of one. */
  void write(long address, int word);

  /**
   * Returns whether every read cycle gets what is in the array, and goes on to if nobody writes.
   */
  boolean isReadingArray();
}
