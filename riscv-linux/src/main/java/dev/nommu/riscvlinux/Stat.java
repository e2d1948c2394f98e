package dev.nommu.riscvlinux;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceNumber;
import dev.nommu.kernel.fs.FileStatus;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/** {@code struct stat} of asm-generic, 64 bits. */
final class Stat {
  /** Its size in bytes. */
  static final int SIZE = 128;

  private Stat() {}

  static void write(FileStatus status, MemorySegment into) {
    Attributes attributes = status.attributes();
    into.fill((byte) 0);
    into.set(UserSpace.LONG, 0, encoded(status.device()));
    into.set(UserSpace.LONG, 8, status.inode());
    into.set(UserSpace.INT, 16, status.mode());
    into.set(UserSpace.INT, 20, attributes.links());
    into.set(UserSpace.INT, 24, attributes.owner().uid());
    into.set(UserSpace.INT, 28, attributes.owner().gid());
    into.set(UserSpace.LONG, 32, encoded(status.special().orElse(DeviceNumber.NONE)));
    into.set(UserSpace.LONG, 48, attributes.size());
    into.set(UserSpace.INT, 56, attributes.blockSize());
    into.set(UserSpace.LONG, 64, attributes.blocks());
    time(into, 72, attributes.accessed());
    time(into, 88, attributes.modified());
    time(into, 104, attributes.changed());
  }

  private static void time(MemorySegment into, long offset, Instant time) {
    into.set(UserSpace.LONG, offset, time.getEpochSecond());
    into.set(UserSpace.LONG, offset + Long.BYTES, time.getNano());
  }

  /** Encodes a device number as {@code new_encode_dev} does. */
  static long encoded(DeviceNumber device) {
    int minor = device.minor();
    return (minor & 0xffL) | ((long) device.major() << 8) | ((minor & ~0xffL) << 12);
  }

  /** Decodes a device number as {@code new_decode_dev} does. */
  static DeviceNumber decoded(long device) {
    int major = (int) ((device >>> 8) & 0xfff);
    int minor = (int) ((device & 0xff) | ((device >>> 12) & 0xfff00));
    return new DeviceNumber(major, minor);
  }
}
