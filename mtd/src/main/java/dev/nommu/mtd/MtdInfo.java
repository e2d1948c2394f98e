package dev.nommu.mtd;

import java.util.List;
import java.util.Set;

/**
 * The properties of an MTD: the data in {@code struct mtd_info}.
 *
 * @param name shown in {@code /proc/mtd}
 * @param type the kind of device
 * @param flags its capabilities
 * @param size bytes
 * @param eraseSize bytes in the largest erase block
 * @param regions the runs of erase blocks; empty if all blocks are {@code eraseSize} or for a
 *     partition
 */
record MtdInfo(
    String name,
    MtdType type,
    Set<MtdFlag> flags,
    long size,
    long eraseSize,
    List<EraseRegion> regions) {
  /** The flags of RAM, MTD_CAP_RAM. */
  static final Set<MtdFlag> CAP_RAM =
      Set.of(MtdFlag.WRITEABLE, MtdFlag.BIT_WRITEABLE, MtdFlag.NO_ERASE);

  /** The flags of NOR flash, MTD_CAP_NORFLASH. */
  static final Set<MtdFlag> CAP_NORFLASH = Set.of(MtdFlag.WRITEABLE, MtdFlag.BIT_WRITEABLE);

  /** Takes immutable copies. */
  MtdInfo {
    flags = Set.copyOf(flags);
    regions = List.copyOf(regions);
  }

  /** Returns the info of RAM. */
  static MtdInfo ram(String name, long size, long eraseSize) {
    return new MtdInfo(name, MtdType.RAM, CAP_RAM, size, eraseSize, List.of());
  }

  /** Returns the info of a ROM. */
  static MtdInfo rom(String name, long size, long eraseSize) {
    return new MtdInfo(name, MtdType.ROM, Set.of(), size, eraseSize, List.of());
  }

  /** Returns the info of a part of this device. */
  MtdInfo part(String partName, Set<MtdFlag> partFlags, long partSize, long partEraseSize) {
    return new MtdInfo(partName, type, partFlags, partSize, partEraseSize, List.of());
  }
}
