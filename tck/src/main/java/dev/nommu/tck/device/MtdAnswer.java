package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.device.Control.Words;

/**
 * An MTD's description of itself: {@code struct mtd_info_user} of {@code mtd-abi.h}.
 *
 * @param type the kind of device
 * @param flags its abilities
 * @param size bytes
 * @param eraseSize bytes in the largest erase block
 * @param writeSize bytes in the smallest write
 */
record MtdAnswer(int type, int flags, long size, long eraseSize, long writeSize) {
  static final int RAM = 1;
  static final int ROM = 2;
  static final int NOR = 3;
  static final int LAST_TYPE = 8;

  static final int WRITEABLE = 0x400;
  static final int NO_ERASE = 0x1000;

  private static final int MEMGETINFO = 0x80204d01;
  private static final int SIZE = 32;
  private static final int BYTE = 0xff;

  /**
   * Requests it.
   *
   * @throws ErrnoException any error of the driver
   */
  static MtdAnswer of(Control control) throws ErrnoException, MemoryFault {
    Words info = Words.ofBytes(SIZE);
    control.call(MEMGETINFO, info);
    return new MtdAnswer(
        (int) info.get(0) & BYTE, (int) info.get(1), info.get(2), info.get(3), info.get(4));
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns the numbers. */
  @Override
  public String toString() {
    return "type %d, flags 0x%x, size 0x%x, erase size 0x%x, write size %d"
        .formatted(type, flags, size, eraseSize, writeSize);
  }
}
