package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * The caller's memory for ioctl arguments, as {@code copy_from_user} and {@code copy_to_user}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UserMemory {
  /**
   * Returns the bytes at an address; loads and stores through the segment act on that memory.
   *
   * @param address the first byte
   * @param length bytes, 1 or more
   * @throws ErrnoException EFAULT if no memory is mapped at any address of the range
   */
  MemorySegment at(long address, long length) throws ErrnoException;
}
