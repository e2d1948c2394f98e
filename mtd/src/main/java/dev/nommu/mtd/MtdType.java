package dev.nommu.mtd;

import dev.nommu.api.BackingDeviceInfo;

/** The kinds of MTD on this machine (rule MTD-01). */
enum MtdType {
  /** MTD_RAM. */
  RAM(1),
  /** MTD_ROM. */
  ROM(2),
  /** MTD_NORFLASH. */
  NORFLASH(3);

  private final int number;

  MtdType(int number) {
    this.number = number;
  }

  /** Returns the number that MEMGETINFO stores. */
  int number() {
    return number;
  }

  /**
   * Returns the mapping capabilities of such a device (rule BDI-07); NOR flash is only ever copied
   * (FLASH-12).
   */
  BackingDeviceInfo backingDeviceInfo() {
    return switch (this) {
      case RAM -> BackingDeviceInfo.MEMORY;
      case ROM -> BackingDeviceInfo.ROM;
      case NORFLASH -> BackingDeviceInfo.COPY;
    };
  }
}
