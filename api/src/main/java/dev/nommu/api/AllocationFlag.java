package dev.nommu.api;

/**
 * The FALLOC_FL flags of {@code fallocate}. The set follows Linux and may grow with it.
 *
 * @since 0.1.0
 */
public enum AllocationFlag {
  /** FALLOC_FL_KEEP_SIZE: the size of the file does not change. */
  KEEP_SIZE(0x01),
  /** FALLOC_FL_PUNCH_HOLE: the range is freed and reads as zero. */
  PUNCH_HOLE(0x02),
  /** FALLOC_FL_COLLAPSE_RANGE: the range is removed from the file. */
  COLLAPSE_RANGE(0x08),
  /** FALLOC_FL_ZERO_RANGE: the range is allocated and reads as zero. */
  ZERO_RANGE(0x10),
  /** FALLOC_FL_INSERT_RANGE: a range that reads as zero is inserted. */
  INSERT_RANGE(0x20),
  /** FALLOC_FL_UNSHARE_RANGE: blocks shared with other files are made private. */
  UNSHARE_RANGE(0x40);

  private final int bit;

  AllocationFlag(int bit) {
    this.bit = bit;
  }

  /** Returns the FALLOC_FL bit. */
  public int bit() {
    return bit;
  }
}
