package dev.nommu.mtd;

import java.util.Set;

/** A capability of an MTD, one of the MTD_ flags of {@code mtd-abi.h} (rule MTD-01). */
enum MtdFlag {
  /** MTD_WRITEABLE: the device is writable. */
  WRITEABLE(0x400),
  /** MTD_BIT_WRITEABLE: single bits can be cleared. */
  BIT_WRITEABLE(0x800),
  /** MTD_NO_ERASE: writing needs no prior erase. */
  NO_ERASE(0x1000),
  /** MTD_POWERUP_LOCK: all blocks are locked when the power comes on. */
  POWERUP_LOCK(0x2000);

  private final int bit;

  MtdFlag(int bit) {
    this.bit = bit;
  }

  /** Returns the word that MEMGETINFO stores for these flags. */
  static int word(Set<MtdFlag> flags) {
    return flags.stream().mapToInt(flag -> flag.bit).reduce(0, (a, b) -> a | b);
  }
}
