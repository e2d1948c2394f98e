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
  /** Fills the {@code struct region_info_user} of an index. */
  MEMGETREGIONINFO(0xc0104d08, NOTHING),
  /** Answers whether the block at an offset is bad. */
  MEMGETBADBLOCK(0x40084d0b, NOTHING),
  /** Marks the block at an offset bad. */
  MEMSETBADBLOCK(0x40084d0c, WRITE_MODE),
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

  /** What a command needs of the file. */
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
