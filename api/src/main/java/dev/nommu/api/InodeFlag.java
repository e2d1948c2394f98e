package dev.nommu.api;

/**
 * The FS_*_FL flags of inodes that the kernel heeds. The set may grow, as Linux's does.
 *
 * @since 0.1.0
 */
public enum InodeFlag {
  /** FS_IMMUTABLE_FL: neither contents nor names nor attributes change. */
  IMMUTABLE(0x10),
  /** FS_APPEND_FL: a file only grows at its end, a directory only gets more names. */
  APPEND_ONLY(0x20);

  private final int bit;

  InodeFlag(int bit) {
    this.bit = bit;
  }

  /** Returns the FS_*_FL bit. */
  public int bit() {
    return bit;
  }
}
