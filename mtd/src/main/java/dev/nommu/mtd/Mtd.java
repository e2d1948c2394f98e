package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A device or one partition of it: {@code struct mtd_info} with the checks of {@code mtdcore}. May
 * be called concurrently.
 */
final class Mtd {
  private final MtdInfo info;
  private final MtdOperations operations;
  private final long base;

  /** Creates the MTD of a whole device. */
  Mtd(MtdInfo info, MtdOperations operations) {
    this(info, operations, 0);
  }

  private Mtd(MtdInfo info, MtdOperations operations, long base) {
    this.info = info;
    this.operations = operations;
    this.base = base;
  }

  /**
   * Creates the MTD of a part of this one.
   *
   * @param offset of its first byte
   * @param info its properties; its size must not reach past the end
   */
  Mtd part(long offset, MtdInfo info) {
    return new Mtd(info, operations, base + offset);
  }

  /** Returns the properties of the device. */
  MtdInfo info() {
    return info;
  }

  /** Returns the name, for {@code /proc/mtd} and {@code mtd:NAME}. */
  String name() {
    return info.name();
  }

  /** Returns the size in bytes. */
  long size() {
    return info.size();
  }

  /** Returns whether the device has a flag. */
  boolean has(MtdFlag flag) {
    return info.flags().contains(flag);
  }

  /**
   * Reads {@code into.byteSize()} bytes (rule MTD-07).
   *
   * @throws ErrnoException EINVAL if the range does not lie in the device, EIO
   */
  void read(MemorySegment into, long offset) throws ErrnoException {
    checkRange("read", offset, into.byteSize());
    operations.read(into, base + offset);
  }

  /**
   * Writes all bytes of a segment (rule MTD-06).
   *
   * @throws ErrnoException EROFS if it is not writeable, EINVAL if the range does not lie in the
   *     device, or the error of the device's driver
   */
  void write(MemorySegment from, long offset) throws ErrnoException {
    checkWriteable("write", offset);
    checkRange("write", offset, from.byteSize());
    operations.write(from, base + offset);
  }

  /**
   * Erases a range; does nothing if it is empty (rule MTD-08).
   *
   * @throws ErrnoException EINVAL if the range does not lie in the device or does not consist of
   *     whole erase blocks, EROFS if it is not writeable, or the error of the device's driver
   */
  void erase(long offset, long length) throws ErrnoException {
    checkRange("erase", offset, length);
    checkWriteable("erase", offset);
    if (length > 0) {
      operations.erase(base + offset, length);
    }
  }

  /**
   * Returns the addresses of a range, valid until it is closed (rule MTD-14).
   *
   * @return the range, or empty if the device is not addressable (EOPNOTSUPP in Linux)
   * @throws ErrnoException EINVAL if the range does not lie in the device
   */
  Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    checkRange("point", offset, length);
    return operations.point(base + offset, length);
  }

  /**
   * Returns the locks of the erase blocks, with the checks of rule MTD-09.
   *
   * @throws ErrnoException EOPNOTSUPP if the device has none
   */
  BlockLocks locks() throws ErrnoException {
    Optional<BlockLocks> locks = operations.locks();
    return locks
        .<BlockLocks>map(CheckedLocks::new)
        .orElseThrow(
            () -> new ErrnoException(Errno.EOPNOTSUPP, "mtd " + name() + ": no block locks"));
  }

  /**
   * Checks that a range lies in the device.
   *
   * @param length bytes, unsigned
   * @throws ErrnoException EINVAL if it does not
   */
  void checkRange(String action, long offset, long length) throws ErrnoException {
    if (offset < 0 || offset >= size() || length < 0 || length > size() - offset) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s of 0x%x bytes at 0x%x of mtd %s: expected a range in its 0x%x bytes"
              .formatted(action, length, offset, name(), size()));
    }
  }

  /**
   * Checks that the device can be written.
   *
   * @throws ErrnoException EROFS if it cannot
   */
  void checkWriteable(String action, long offset) throws ErrnoException {
    if (!has(MtdFlag.WRITEABLE)) {
      throw new ErrnoException(
          Errno.EROFS,
          "%s at 0x%x of mtd %s: the device is read-only".formatted(action, offset, name()));
    }
  }

  /** The locks of the device, called only for ranges within this MTD. */
  private final class CheckedLocks implements BlockLocks {
    private final BlockLocks locks;

    CheckedLocks(BlockLocks locks) {
      this.locks = locks;
    }

    @Override
    public void lock(long offset, long length) throws ErrnoException {
      checkRange("lock", offset, length);
      if (length > 0) {
        locks.lock(base + offset, length);
      }
    }

    @Override
    public void unlock(long offset, long length) throws ErrnoException {
      checkRange("unlock", offset, length);
      if (length > 0) {
        locks.unlock(base + offset, length);
      }
    }

    @Override
    public boolean isLocked(long offset, long length) throws ErrnoException {
      checkRange("islocked", offset, length);
      return length > 0 && locks.isLocked(base + offset, length);
    }
  }
}
