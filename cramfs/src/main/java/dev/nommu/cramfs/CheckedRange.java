package dev.nommu.cramfs;

/**
 * Where everything but the superblock should be.
 *
 * @param start the end of the superblock
 * @param end the end of the image
 */
record CheckedRange(long start, long end) {
  /** Returns whether all of a part of the image is there. */
  boolean contains(long offset, long length) {
    return offset >= start && length <= end - offset;
  }

  /** Returns how many bytes there are. */
  long length() {
    return Math.max(0, end - start);
  }

  /** Says where it is. */
  @Override
  public String toString() {
    return "between 0x%x and 0x%x".formatted(start, end);
  }
}
