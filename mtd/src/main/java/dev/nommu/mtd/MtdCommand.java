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
  /** Writes what is beside a page, which no device here has. */
  MEMWRITEOOB(0xc0104d03, WRITE_MODE),
  /** Reads what is beside a page, which no device here has. */
  MEMREADOOB(0xc0104d04, NOTHING),
  /** Locks the range in a {@code struct erase_info_user}. */
  MEMLOCK(0x40084d05, WRITE_MODE),
  /** Unlocks the range in a {@code struct erase_info_user}. */
  MEMUNLOCK(0x40084d06, WRITE_MODE),
  /** Stores the number of erase regions in an {@code int}. */
  MEMGETREGIONCOUNT(0x80044d07, NOTHING),
  /** Describes the erase region of an index in a {@code struct region_info_user}. */
  MEMGETREGIONINFO(0xc0104d08, NOTHING),
  /** Says where error correction puts its bytes beside a page, which no device here has. */
  MEMGETOOBSEL(0x80c84d0a, NOTHING),
  /** Answers whether the block at an offset is bad. */
  MEMGETBADBLOCK(0x40084d0b, NOTHING),
  /** Marks the block at an offset bad. */
  MEMSETBADBLOCK(0x40084d0c, WRITE_MODE),
  /** Chooses by an {@code int} which one-time programmable data the file shows, or none. */
  OTPSELECT(0x80044d0d, NOTHING),
  /** Stores the number of one-time programmable regions, once some are chosen. */
  OTPGETREGIONCOUNT(0x40044d0e, NOTHING),
  /** Lists the one-time programmable regions, once some are chosen. */
  OTPGETREGIONINFO(0x400c4d0f, NOTHING),
  /** Locks one-time programmable data, once some are chosen. */
  OTPLOCK(0x800c4d10, WRITE_MODE),
  /** Says as MEMGETOOBSEL where error correction puts its bytes. */
  ECCGETLAYOUT(0x81484d11, NOTHING),
  /** Erases one-time programmable data, once some are chosen. */
  OTPERASE(0x400c4d19, WRITE_MODE),
  /** Fills a {@code struct mtd_ecc_stats}. */
  ECCGETSTATS(0x80104d12, NOTHING),
  /** Chooses what the file shows: the data, or what is one-time programmable. */
  MTDFILEMODE(0x00004d13, NOTHING),
  /** Erases the range in a {@code struct erase_info_user64}. */
  MEMERASE64(0x40104d14, WRITE_MODE),
  /** Answers whether the range in a {@code struct erase_info_user} is locked. */
  MEMISLOCKED(0x80084d17, NOTHING);

  private final int number;
  private final Needs needs;

  MtdCommand(int number, Needs needs) {
    this.number = number;
    this.needs = needs;
  }

  /** The access mode of the file that a command needs. */
  enum Needs {
    /** Any open file. */
    NOTHING,
    /** A file that is open for writing, otherwise EPERM. */
    WRITE_MODE
  }

  /** Returns what the command needs of the file. */
  Needs needs() {
    return needs;
  }

  /** Returns the command with this number. */
  static Optional<MtdCommand> ofNumber(int number) {
    return Arrays.stream(values()).filter(command -> command.number == number).findFirst();
  }
}
