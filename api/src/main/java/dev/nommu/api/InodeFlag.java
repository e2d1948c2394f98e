package dev.nommu.api;

/**
 * The FS_*_FL flags of inodes that the kernel enforces. The set may grow, as Linux's does.
 *
 * @since 0.1.0
 */
public enum InodeFlag {
  /** FS_IMMUTABLE_FL: contents, names and attributes cannot change. */
  IMMUTABLE(0x10),
  /** FS_APPEND_FL: a file can only be appended to, a directory can only gain names. */
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
