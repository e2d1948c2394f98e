package dev.nommu.mtd;

/**
 * A run of erase blocks of one size, as {@code struct mtd_erase_region_info}.
 *
 * @param offset of its first byte
 * @param blockSize bytes in a block
 * @param blocks the number of blocks
 */
record EraseRegion(long offset, long blockSize, long blocks) {
  /** Returns whether any byte of a range lies in the region. */
  boolean touches(long start, long length) {
    return start < offset + blockSize * blocks && offset < start + length;
  }

  /** Returns whether an offset is the start of a block of the region or the region's end. */
  boolean isBoundary(long position) {
    return position >= offset
        && position <= offset + blockSize * blocks
        && (position - offset) % blockSize == 0;
  }
}
