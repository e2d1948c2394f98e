package dev.nommu.cramfs;

import java.util.Arrays;

/** The named flags of an image (rule CRAMFS-12). */
public enum CramfsFlag {
  /** The superblock contains size, checksum, edition and counts. */
  FSID_VERSION_2(0x1),
  /** The entries of each directory are sorted by the bytes of their names. */
  SORTED_DIRS(0x2),
  /** Blocks of zeros may be omitted. */
  HOLES(0x100),
  /** Reserved: the signature is wrong. */
  WRONG_SIGNATURE(0x200),
  /** The root directory need not follow the superblock. */
  SHIFTED_ROOT_OFFSET(0x400),
  /** Block pointers carry flags: blocks may lie anywhere and may be uncompressed. */
  EXT_BLOCK_POINTERS(0x800);

  private static final int ANY_LOW_BYTE = 0xff;
  private static final int SUPPORTED =
      Arrays.stream(values()).mapToInt(CramfsFlag::bit).reduce(ANY_LOW_BYTE, (a, b) -> a | b);

  private final int bit;

  CramfsFlag(int bit) {
    this.bit = bit;
  }

  /** Returns the bit of this flag. */
  public int bit() {
    return bit;
  }

  /** Returns the bits of a flag word that no kernel supports. */
  static int unsupported(int flags) {
    return flags & ~SUPPORTED;
  }
}
