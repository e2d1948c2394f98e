package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A file that guards itself against whatever happens to it while it is read, as Linux's page cache
 * does: the kernel reads at a position without the lock of the inode.
 *
 * @since 0.1.0
 */
public interface ConcurrentlyReadableFile extends ReadableFile {
  /**
   * Reads as {@link ReadableFile#read}. May be called at any time, also while another operation of
   * the inode or of a file open on it is called, and while or after this file is closed; the kernel
   * discards the result then. Each byte that is written or cut off meanwhile is read as it was
   * before or as it is after.
   *
   * @throws ErrnoException EIO if the store fails
   */
  @Override
  long read(MemorySegment into, long position) throws ErrnoException;
}
