package dev.nommu.mtd;

import static dev.nommu.mtd.MtdCommand.Needs.NOTHING;
import static dev.nommu.mtd.MtdCommand.Needs.WRITE_MODE;

import java.util.Arrays;
import java.util.Optional;

/**
 * The ioctls of an MTD character device, numbered as in {@code mtd-abi.h} (rules MTD-08, MTD-09).
 */
enum MtdCommand {
  /** Fills a {@code struct mtd_info_user}. */
  MEMGETINFO(0x80204d01, NOTHING),
  /** Erases the range in a {@code struct erase_info_user}. */
  MEMERASE(0x40084d02, WRITE_MODE),
  /** Writes a page's out-of-band data, which no device here has. */
  MEMWRITEOOB(0xc0104d03, WRITE_MODE),
  /** Reads a page's out-of-band data, which no device here has. */
  MEMREADOOB(0xc0104d04, NOTHING),
  /** Locks the range in a {@code struct erase_info_user}. */
  MEMLOCK(0x40084d05, WRITE_MODE),
  /** Unlocks the range in a {@code struct erase_info_user}. */
  MEMUNLOCK(0x40084d06, WRITE_MODE),
  /** Stores the number of erase regions in an {@code int}. */
  MEMGETREGIONCOUNT(0x80044d07, NOTHING),
  /** Fills a {@code struct region_info_user} for the erase region of its index. */
  MEMGETREGIONINFO(0xc0104d08, NOTHING),
  /** Returns the layout of error correction in the out-of-band data, which no device here has. */
  MEMGETOOBSEL(0x80c84d0a, NOTHING),
  /** Returns whether the block at an offset is bad. */
  MEMGETBADBLOCK(0x40084d0b, NOTHING),
  /** Marks the block at an offset as bad. */
  MEMSETBADBLOCK(0x40084d0c, WRITE_MODE),
  /** Selects, by an {@code int}, the one-time programmable data that the file shows, or none. */
  OTPSELECT(0x80044d0d, NOTHING),
  /** Stores the number of one-time programmable regions, once a kind is selected. */
  OTPGETREGIONCOUNT(0x40044d0e, NOTHING),
  /** Lists the one-time programmable regions, once a kind is selected. */
  OTPGETREGIONINFO(0x400c4d0f, NOTHING),
  /** Locks one-time programmable data, once a kind is selected. */
  OTPLOCK(0x800c4d10, WRITE_MODE),
  /** Returns the layout of error correction, as MEMGETOOBSEL does. */
  ECCGETLAYOUT(0x81484d11, NOTHING),
  /** Erases one-time programmable data, once a kind is selected. */
  OTPERASE(0x400c4d19, WRITE_MODE),
  /** Fills a {@code struct mtd_ecc_stats}. */
  ECCGETSTATS(0x80104d12, NOTHING),
  /** Selects what the file shows: the data or the one-time programmable data. */
  MTDFILEMODE(0x00004d13, NOTHING),
  /** Erases the range in a {@code struct erase_info_user64}. */
  MEMERASE64(0x40104d14, WRITE_MODE),
  /** Returns whether the range in a {@code struct erase_info_user} is locked. */
  MEMISLOCKED(0x80084d17, NOTHING);

  private final int number;
  private final Needs needs;

  MtdCommand(int number, Needs needs) {
    this.number = number;
    this.needs = needs;
  }

  /** The access mode that a command requires. */
  enum Needs {
    /** Any open file. */
    NOTHING,
    /** Open for writing, otherwise EPERM. */
    WRITE_MODE
  }

  /** Returns the access mode that the command requires. */
  Needs needs() {
    return needs;
  }

  /** Returns the command with this number. */
  static Optional<MtdCommand> ofNumber(int number) {
    return Arrays.stream(values()).filter(command -> command.number == number).findFirst();
  }
}
