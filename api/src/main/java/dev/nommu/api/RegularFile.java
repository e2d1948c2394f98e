package dev.nommu.api;

/**
 * A regular file.
 *
 * @since 0.1.0
 */
public non-sealed interface RegularFile extends Inode {
  /**
   * Opens the file.
   *
   * @param flags what it is opened for, and how; the kernel has checked permissions and read-only
   *     mounts, and does itself what O_APPEND and O_TRUNC ask for
   * @throws ErrnoException EROFS, EIO
   */
  OpenFile open(OpenFlags flags) throws ErrnoException;

  /**
   * Returns the largest size the file can have, as {@code s_maxbytes}; it never changes. The kernel
   * refuses positions, sizes and writes beyond it.
   */
  default long largestSize() {
    return Long.MAX_VALUE;
  }

  /**
   * Sets the size, as {@code truncate}. Growing a memory-backed file that is empty should gather
   * contiguous pages (rule TRUNC-01). The kernel has made sure that no shared mapping covers what
   * is cut off (rule TRUNC-06).
   *
   * @param size bytes, 0 or more
   * @throws ErrnoException EINVAL if the file has no settable size, EFBIG, ENOMEM, ENOSPC, EROFS
   */
  default void truncate(long size) throws ErrnoException {
    throw new ErrnoException(
        Errno.EINVAL, "truncate of inode " + number() + " to " + size + ": its size is fixed");
  }
}
