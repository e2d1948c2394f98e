package dev.nommu.mtd.chip;

/**
 * Erase blocks of one size that follow one another in a chip.
 *
 * @param blockSize bytes
 * @param blocks how many
 */
record BlockRun(long blockSize, int blocks) {
  /** Returns bytes. */
  long size() {
    return blockSize * blocks;
  }
}
