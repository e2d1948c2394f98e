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
   * @param flags the access mode and the other flags; the kernel has checked permissions and
   *     read-only mounts, and itself handles O_APPEND and O_TRUNC
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
   * Sets the size, as {@code truncate} does. Growing an empty memory-backed file should allocate
   * contiguous pages (rule TRUNC-01). The kernel has checked that no shared mapping covers the
   * truncated part (rule TRUNC-06).
   *
   * @param size bytes, 0 or more
   * @throws ErrnoException EINVAL if the size cannot be set, EFBIG, ENOMEM, ENOSPC, EROFS
   */
  default void truncate(long size) throws ErrnoException {
    throw new ErrnoException(
        Errno.EINVAL, "truncate of inode " + number() + " to " + size + ": its size is fixed");
  }
}
