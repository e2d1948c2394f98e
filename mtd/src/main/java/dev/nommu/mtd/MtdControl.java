package dev.nommu.mtd;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The ioctls of an open MTD character device (rules MTD-08 and MTD-09). Structures are those of
 * {@code mtd-abi.h} on a 64-bit little-endian machine.
 *
 * @param mtd the device
 * @param mode the access mode of the file
 * @param memory the memory of the arguments
 */
record MtdControl(Mtd mtd, AccessMode mode, UserMemory memory) {
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long INFO_SIZE = 32;
  private static final long ERASE_SIZE = 8;
  private static final long ERASE64_SIZE = 16;
  private static final long REGION_SIZE = 16;
  private static final long STATS_SIZE = 16;
  private static final long OOB_SIZE = 16;
  private static final long LONGEST_OOB = 4096;
  private static final int WRITE_SIZE = 1;
  private static final int OTP_OFF = 0;
  private static final int OTP_FACTORY = 1;
  private static final int OTP_USER = 2;
  private static final int FILE_MODE_NORMAL = 0;
  private static final int FILE_MODE_RAW = 3;

  /**
   * Carries out an ioctl.
   *
   * @return 0, or 1 for a query whose answer is yes
   * @throws ErrnoException ENOTTY if the command does not exist, EPERM if it requires a file open
   *     for writing, EFAULT, or the errors of the rule
   */
  long carryOut(int number, long argument) throws ErrnoException {
    MtdCommand command =
        MtdCommand.ofNumber(number)
            .orElseThrow(() -> refused(Errno.ENOTTY, number, "unknown command"));
    if (command.needs() == MtdCommand.Needs.WRITE_MODE && !mode.writes()) {
      throw refused(Errno.EPERM, number, command + " requires a file open for writing");
    }
    return switch (command) {
      case MEMGETINFO -> getInfo(memory.at(argument, INFO_SIZE));
      case MEMERASE -> erase(range(argument));
      case MEMERASE64 -> erase(range64(argument));
      case MEMLOCK -> lock(range(argument));
      case MEMUNLOCK -> unlock(range(argument));
      case MEMISLOCKED -> isLocked(range(argument));
      case MEMGETREGIONCOUNT -> getRegionCount(memory.at(argument, U32.byteSize()));
      case MEMGETREGIONINFO -> getRegionInfo(memory.at(argument, REGION_SIZE));
      case MEMGETBADBLOCK -> getBadBlock(memory.at(argument, U64.byteSize()).get(U64, 0));
      case MEMSETBADBLOCK -> throw unsupported("bad blocks");
      case MEMWRITEOOB -> throw writtenOutOfBand(outOfBandLength(argument));
      case MEMREADOOB -> throw readOutOfBand(outOfBandLength(argument));
      case MEMGETOOBSEL, ECCGETLAYOUT -> throw unsupported("out-of-band data");
      case OTPSELECT -> selectOtp(memory.at(argument, U32.byteSize()).get(U32, 0));
      case OTPGETREGIONCOUNT, OTPGETREGIONINFO, OTPLOCK, OTPERASE ->
          throw refused(Errno.EINVAL, number, command + ": no one-time programmable data selected");
      case ECCGETSTATS -> getStatistics(memory.at(argument, STATS_SIZE));
      case MTDFILEMODE -> setFileMode(argument);
    };
  }

  private long getInfo(MemorySegment info) {
    info.fill((byte) 0);
    info.set(ValueLayout.JAVA_BYTE, 0, (byte) mtd.info().type().number());
    info.set(U32, 4, MtdFlag.word(mtd.info().flags()));
    info.set(U32, 8, (int) mtd.size());
    info.set(U32, 12, (int) mtd.info().eraseSize());
    info.set(U32, 16, WRITE_SIZE);
    return 0;
  }

  /** The range of an ioctl; both numbers are unsigned. */
  private record Range(long start, long length) {}

  private Range range(long argument) throws ErrnoException {
    MemorySegment user = memory.at(argument, ERASE_SIZE);
    return new Range(
        Integer.toUnsignedLong(user.get(U32, 0)), Integer.toUnsignedLong(user.get(U32, 4)));
  }

  private Range range64(long argument) throws ErrnoException {
    MemorySegment user = memory.at(argument, ERASE64_SIZE);
    return new Range(user.get(U64, 0), user.get(U64, 8));
  }

  private long erase(Range range) throws ErrnoException {
    mtd.erase(range.start, range.length);
    return 0;
  }

  private long lock(Range range) throws ErrnoException {
    mtd.locks().lock(range.start, range.length);
    return 0;
  }

  private long unlock(Range range) throws ErrnoException {
    mtd.locks().unlock(range.start, range.length);
    return 0;
  }

  private long isLocked(Range range) throws ErrnoException {
    return mtd.locks().isLocked(range.start, range.length) ? 1 : 0;
  }

  private long getRegionCount(MemorySegment count) {
    count.set(U32, 0, mtd.info().regions().size());
    return 0;
  }

  private long getRegionInfo(MemorySegment user) throws ErrnoException {
    List<EraseRegion> regions = mtd.info().regions();
    int index = user.get(U32, 12);
    if (Integer.compareUnsigned(index, regions.size()) >= 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "MEMGETREGIONINFO of mtd %s: expected an index below %d, found %s"
              .formatted(mtd.name(), regions.size(), Integer.toUnsignedString(index)));
    }
    EraseRegion region = regions.get(index);
    user.set(U32, 0, (int) region.offset());
    user.set(U32, 4, (int) region.blockSize());
    user.set(U32, 8, (int) region.blocks());
    return 0;
  }

  private long getBadBlock(long offset) throws ErrnoException {
    mtd.checkRange("MEMGETBADBLOCK", offset, 0);
    return 0;
  }

  private long outOfBandLength(long argument) throws ErrnoException {
    return Integer.toUnsignedLong(memory.at(argument, OOB_SIZE).get(U32, 4));
  }

  private ErrnoException writtenOutOfBand(long length) {
    return length > LONGEST_OOB ? tooLong(length, LONGEST_OOB) : unsupported("out-of-band data");
  }

  /** A read of 1 byte or more is refused because there are none. */
  private ErrnoException readOutOfBand(long length) {
    return length > 0 ? tooLong(length, 0) : unsupported("out-of-band data");
  }

  private ErrnoException tooLong(long length, long most) {
    return new ErrnoException(
        Errno.EINVAL,
        "out-of-band data of mtd %s: expected at most %d bytes, found %d"
            .formatted(mtd.name(), most, length));
  }

  private long selectOtp(int mode) throws ErrnoException {
    return switch (mode) {
      case OTP_OFF -> 0;
      case OTP_FACTORY, OTP_USER -> throw unsupported("one-time programmable data");
      default ->
          throw new ErrnoException(
              Errno.EINVAL,
              "OTPSELECT of mtd %s: expected 0 to 2, found %d".formatted(mtd.name(), mode));
    };
  }

  private long getStatistics(MemorySegment statistics) {
    statistics.fill((byte) 0);
    return 0;
  }

  private long setFileMode(long fileMode) throws ErrnoException {
    if (fileMode == FILE_MODE_NORMAL) {
      return 0;
    }
    if (fileMode > FILE_MODE_NORMAL && fileMode <= FILE_MODE_RAW) {
      throw unsupported("one-time programmable or out-of-band data");
    }
    throw new ErrnoException(
        Errno.EINVAL,
        "MTDFILEMODE of mtd %s: expected 0 to 3, found %d".formatted(mtd.name(), fileMode));
  }

  private ErrnoException unsupported(String what) {
    return new ErrnoException(Errno.EOPNOTSUPP, "mtd %s: no %s".formatted(mtd.name(), what));
  }

  private ErrnoException refused(Errno errno, int number, String why) {
    return new ErrnoException(errno, "ioctl 0x%x of mtd %s: %s".formatted(number, mtd.name(), why));
  }
}
