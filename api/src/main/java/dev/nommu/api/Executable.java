package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A file being executed, or its interpreter: an open regular file that the caller may execute.
 * Valid until the exec ends.
 *
 * @since 0.1.0
 */
public interface Executable {
  /** The size of {@link #head}: BINPRM_BUF_SIZE. */
  int HEAD_SIZE = 256;

  /** Returns the path under which it was opened. */
  String path();

  /** Returns the first {@value #HEAD_SIZE} bytes, read-only; zeros where the file is shorter. */
  MemorySegment head();

  /**
   * Reads until the segment is full or the file ends.
   *
   * @param into where the bytes go
   * @param position bytes from the start of the file, 0 or more
   * @return how many bytes were read
   * @throws ErrnoException any error of the file system
   */
  long read(MemorySegment into, long position) throws ErrnoException;

  /** Returns whether the file has an {@code mmap} operation. */
  boolean isMappable();

  /**
   * Opens another executable, such as an interpreter.
   *
   * @throws ErrnoException ENOENT, EACCES or any other error of {@code execve} with that path
   */
  Executable open(String path) throws ErrnoException;
}
