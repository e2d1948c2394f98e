package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * The memory map of a process while an image is laid out in it. Text is shared or executed in place
 * by the rules of {@code mmap}. Valid during {@link ImageLoader#load} only.
 *
 * @since 0.1.0
 */
public interface ProcessMemory extends UserMemory {
  /**
   * Maps a part of a file with MAP_PRIVATE.
   *
   * @param file the executable, or one that it opened
   * @param length bytes, rounded up to pages
   * @param protection the requested protection
   * @param offset bytes from the start of the file, a multiple of the page size
   * @return the address of the first byte
   * @throws ErrnoException as for {@code mmap}
   */
  long map(Executable file, long length, Set<Protection> protection, long offset)
      throws ErrnoException;

  /**
   * Maps zeroed memory in one piece.
   *
   * @param length bytes, rounded up to pages
   * @param protection the requested protection
   * @return the address of the first byte
   * @throws ErrnoException EINVAL for a length of 0, ENOMEM
   */
  long mapAnonymous(long length, Set<Protection> protection) throws ErrnoException;

  /**
   * Returns bytes of one mapping that was made here; the segment is read-only where the memory is.
   *
   * @param length bytes, 0 or more; an empty range lies in every mapping
   * @throws ErrnoException EFAULT if the range does not lie in one such mapping
   */
  @Override
  MemorySegment at(long address, long length) throws ErrnoException;

  /**
   * Stores zeros in one mapping that was made here. A device sees them as ordinary stores.
   *
   * @param length bytes, 0 or more; an empty range lies in every mapping
   * @throws ErrnoException EFAULT if the range does not lie in one such mapping
   */
  void clear(long address, long length) throws ErrnoException;

  /**
   * Returns whether a tracer or debugger wants symbols: {@link LoadedImage.Builder#symbols}. A
   * format need not have any.
   */
  default boolean wantsSymbols() {
    return false;
  }
}
