package dev.nommu.mtd;

import dev.nommu.api.BackingDeviceInfo;

/** The kinds of MTD there are on this machine (rules MTD-01 and BDI-07). */
enum MtdType {
  /** MTD_RAM. */
  RAM(1, BackingDeviceInfo.MEMORY),
  /** MTD_ROM. */
  ROM(2, BackingDeviceInfo.ROM),
  /** MTD_NORFLASH. */
  NORFLASH(3, BackingDeviceInfo.COPY);

  private final int number;
  private final BackingDeviceInfo backingDeviceInfo;

  MtdType(int number, BackingDeviceInfo backingDeviceInfo) {
    this.number = number;
    this.backingDeviceInfo = backingDeviceInfo;
  }

  /** Returns the number MEMGETINFO shows. */
  int number() {
    return number;
  }

  /** Returns what may be mapped of such a device; a NOR flash is only ever copied (FLASH-12). */
  BackingDeviceInfo backingDeviceInfo() {
    return backingDeviceInfo;
  }
}
