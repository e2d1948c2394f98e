package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A file that can be written, as {@code file_operations.write_iter}.
 *
 * @since 0.1.0
 */
public interface WritableFile extends OpenFile {
  /**
   * Writes bytes at a position; a regular file grows as needed.
   *
   * @param from the bytes; 1 byte or more, and valid only during the call
   * @param position bytes from the start of the file, 0 or more
   * @return how many bytes were written, 1 to {@code from.byteSize()}
   * @throws ErrnoException ENOSPC, EFBIG, EIO, EROFS, EPERM: nothing was written
   */
  long write(MemorySegment from, long position) throws ErrnoException;
}
