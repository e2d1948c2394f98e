package dev.nommu.mtd.chip;

/**
 * Consecutive erase blocks of one size in a chip.
 *
 * @param blockSize bytes
 * @param blocks the number of blocks
 */
record BlockRun(long blockSize, int blocks) {
  /** Returns the size in bytes. */
  long size() {
    return blockSize * blocks;
  }
}
