package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A file that can be read, as {@code file_operations.read_iter}.
 *
 * @since 0.1.0
 */
public interface ReadableFile extends OpenFile {
  /**
   * Reads bytes at a position.
   *
   * @param into where the bytes go; 1 byte or more, and valid only during the call
   * @param position bytes from the start of the file, 0 or more
   * @return how many bytes were read, at most {@code into.byteSize()}; 0 at and past the end
   * @throws ErrnoException EIO if the store fails
   */
  long read(MemorySegment into, long position) throws ErrnoException;
}
