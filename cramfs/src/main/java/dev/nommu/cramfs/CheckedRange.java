package dev.nommu.cramfs;

/**
 * The valid range of everything but the superblock.
 *
 * @param start the end of the superblock
 * @param end the end of the image
 */
record CheckedRange(long start, long end) {
  /** Returns whether a part of the image lies wholly in the range. */
  boolean contains(long offset, long length) {
    return offset >= start && length <= end - offset;
  }

  /** Returns the length in bytes. */
  long length() {
    return Math.max(0, end - start);
  }

  /** Returns the range, for messages. */
  @Override
  public String toString() {
    return "between 0x%x and 0x%x".formatted(start, end);
  }
}
