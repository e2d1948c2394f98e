package dev.nommu.riscvlinux;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceNumber;
import dev.nommu.kernel.fs.FileStatus;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/** {@code struct statx}. */
final class Statx {
  /** Its size in bytes. */
  static final int SIZE = 256;

  /** STATX_BASIC_STATS: all but the birth time, which no file system here records. */
  private static final int BASIC_STATS = 0x7ff;

  private static final long DEVICE = 128;
  private static final long FILE_SYSTEM = 136;

  private Statx() {}

  static void write(FileStatus status, MemorySegment into) {
    Attributes attributes = status.attributes();
    into.fill((byte) 0);
    into.set(UserSpace.INT, 0, BASIC_STATS);
    into.set(UserSpace.INT, 4, attributes.blockSize());
    into.set(UserSpace.INT, 16, attributes.links());
    into.set(UserSpace.INT, 20, attributes.owner().uid());
    into.set(UserSpace.INT, 24, attributes.owner().gid());
    into.set(UserSpace.SHORT, 28, (short) status.mode());
    into.set(UserSpace.LONG, 32, status.inode());
    into.set(UserSpace.LONG, 40, attributes.size());
    into.set(UserSpace.LONG, 48, attributes.blocks());
    time(into, 64, attributes.accessed());
    time(into, 96, attributes.changed());
    time(into, 112, attributes.modified());
    device(into, DEVICE, status.special().orElse(DeviceNumber.NONE));
    device(into, FILE_SYSTEM, status.device());
  }

  private static void time(MemorySegment into, long offset, Instant time) {
    into.set(UserSpace.LONG, offset, time.getEpochSecond());
    into.set(UserSpace.INT, offset + Long.BYTES, time.getNano());
  }

  private static void device(MemorySegment into, long offset, DeviceNumber device) {
    into.set(UserSpace.INT, offset, device.major());
    into.set(UserSpace.INT, offset + Integer.BYTES, device.minor());
  }
}
