package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A file that does its own locking for reads, as Linux's page cache does: the kernel reads at a
 * position without the lock of the inode.
 *
 * @since 0.1.0
 */
public interface ConcurrentlyReadableFile extends ReadableFile {
  /**
   * Reads as {@link ReadableFile#read}. May be called at any time, even during another operation of
   * the inode or of a file open on it, and while or after this file is closed; the kernel then
   * discards the result. A byte that is written or truncated meanwhile reads as before or after the
   * change.
   *
   * @throws ErrnoException EIO if the store fails
   */
  @Override
  long read(MemorySegment into, long position) throws ErrnoException;
}
