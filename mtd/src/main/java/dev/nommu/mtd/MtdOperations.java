package dev.nommu.mtd;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The operations that a device's driver implements for {@link Mtd}: the methods of {@code struct
 * mtd_info} whose names begin with an underscore. Offsets count from the start of the whole device;
 * callers have checked that ranges lie in it. Called concurrently.
 */
interface MtdOperations {
  /**
   * Reads {@code into.byteSize()} bytes.
   *
   * @throws ErrnoException EIO
   */
  void read(MemorySegment into, long offset) throws ErrnoException;

  /**
   * Writes all bytes of a segment.
   *
   * @throws ErrnoException EROFS if a block is locked, EIO
   */
  void write(MemorySegment from, long offset) throws ErrnoException;

  /**
   * Erases a range, 1 byte or more.
   *
   * @throws ErrnoException EINVAL if the range does not consist of whole blocks, EROFS, EIO
   */
  void erase(long offset, long length) throws ErrnoException;

  /**
   * Returns the addresses of a range, valid until it is closed; empty if the device is not
   * addressable.
   *
   * @throws ErrnoException EBUSY
   */
  Optional<PointedRange> point(long offset, long length) throws ErrnoException;

  /** Returns the locks of the blocks, or empty if the device has none. */
  default Optional<BlockLocks> locks() {
    return Optional.empty();
  }
}
