package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * The memory map of a process while an image is laid out in it. Mappings are made by the mapping
 * core, so that text is shared or executed in place as the rules of {@code mmap} say. Valid during
 * {@link ImageLoader#load} only.
 *
 * @since 0.1.0
 */
public interface ProcessMemory extends UserMemory {
  /**
   * Maps a part of a file with MAP_PRIVATE.
   *
   * @param file the executable, or one that it opened
   * @param length bytes, rounded up to pages
   * @param protection what is asked for
   * @param offset bytes from the start of the file, a multiple of the page size
   * @return the address of the first byte
   * @throws ErrnoException as {@code mmap}
   */
  long map(Executable file, long length, Set<Protection> protection, long offset)
      throws ErrnoException;

  /**
   * Maps zeroed memory in one piece.
   *
   * @param length bytes, rounded up to pages
   * @param protection what is asked for
   * @return the address of the first byte
   * @throws ErrnoException EINVAL for no bytes at all, ENOMEM
   */
  long mapAnonymous(long length, Set<Protection> protection) throws ErrnoException;

  /**
   * Returns bytes of one mapping that was made here; the segment is read-only where the memory is.
   *
   * @param length bytes, 0 or more; no bytes are anywhere
   * @throws ErrnoException EFAULT if the range does not lie in one such mapping
   */
  @Override
  MemorySegment at(long address, long length) throws ErrnoException;

  /**
   * Stores zeros in one mapping that was made here. To a device they are stores like any other.
   *
   * @param length bytes, 0 or more; no bytes are anywhere
   * @throws ErrnoException EFAULT if the range does not lie in one such mapping
   */
  void clear(long address, long length) throws ErrnoException;

  /**
   * Returns whether somebody looks at what the program does, who is to be told names of its code:
   * {@link LoadedImage.Builder#symbols}. A format need not have any.
   */
  default boolean wantsSymbols() {
    return false;
  }
}
