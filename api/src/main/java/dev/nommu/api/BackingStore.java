package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The storage that a file system is mounted on: a block device, an MTD or an image. May be called
 * concurrently.
 *
 * @since 0.1.0
 */
public interface BackingStore {
  /** The kinds of store. The set may grow: a switch needs a default. */
  enum Kind {
    /** Blocks behind the block layer, as {@code struct block_device}: a disk, a ramdisk. */
    BLOCK_DEVICE,
    /** Memory or flash without the block layer, as {@code struct mtd_info}. */
    MTD
  }

  /** Returns the kind of the store, by default a disk; it never changes. */
  default Kind kind() {
    return Kind.BLOCK_DEVICE;
  }

  /** Returns the size in bytes; it never changes. */
  long size();

  /** Returns whether the store is read-only; it never changes. */
  default boolean isReadOnly() {
    return false;
  }

  /**
   * Reads exactly {@code into.byteSize()} bytes.
   *
   * @param into where the bytes go, valid only during the call
   * @param offset bytes from the start of the store
   * @throws ErrnoException EIO if the range does not lie in the store or the store fails
   */
  void read(MemorySegment into, long offset) throws ErrnoException;

  /**
   * Writes all bytes of a segment.
   *
   * @throws ErrnoException EIO if the range does not lie in the store or the store fails, EROFS
   */
  default void write(MemorySegment from, long offset) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS, "write at 0x%x: read-only store".formatted(offset));
  }

  /**
   * Blocks until all writes are durable.
   *
   * @throws ErrnoException EIO
   */
  default void flush() throws ErrnoException {}

  /**
   * Returns the mappings permitted of the store, and so of files contiguous in it; it never
   * changes.
   */
  default BackingDeviceInfo backingDeviceInfo() {
    return BackingDeviceInfo.COPY;
  }

  /**
   * Points a range of the store: returns its address, where it stays until the range is closed, as
   * {@code mtd_point} does.
   *
   * @param offset bytes from the start of the store
   * @param length bytes, 1 or more
   * @return the range, or empty if the store cannot be addressed
   * @throws ErrnoException EINVAL if the range does not lie in the store
   */
  default Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    return Optional.empty();
  }
}
