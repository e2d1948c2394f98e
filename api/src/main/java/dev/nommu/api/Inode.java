package dev.nommu.api;

import java.time.Instant;

/**
 * The object that a name in a directory refers to, as {@code struct inode}: one of the kinds of
 * {@code S_IFMT}, a set that does not grow.
 *
 * <p>Two inodes of one {@link FileSystem} with the same {@link #number} are the same file: a
 * mapping of one may be shared with a mapping of the other (rule SHARE-01).
 *
 * <p>The kernel checks permissions before it calls: the caller may make the change, and the mount
 * is not read-only. Changing an attribute that the file system does not keep is EPERM.
 *
 * @since 0.1.0
 */
public sealed interface Inode
    permits Directory, RegularFile, SymbolicLink, DeviceFile, Fifo, Socket {
  /**
   * Returns the number of the inode, unique in its file system for as long as the inode, or a file
   * opened from it, is in use.
   */
  long number();

  /**
   * Returns owner, mode, size and times as they are now. May be called at any time, also while
   * another operation of the inode is called.
   *
   * @throws ErrnoException EIO if the store fails
   */
  Attributes attributes() throws ErrnoException;

  /**
   * Changes the permission bits, as {@code chmod}.
   *
   * @param permissions the low twelve mode bits
   * @throws ErrnoException EPERM if the file system keeps no modes; EIO, ENOSPC
   */
  default void chmod(int permissions) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "chmod of inode " + number() + ": modes are fixed here");
  }

  /**
   * Changes owner and mode at once, as {@code chown}: who gives a program away gives up its
   * set-user-ID and set-group-ID bits.
   *
   * @param owner whose it is from now on
   * @param permissions the low twelve mode bits that it has from now on
   * @throws ErrnoException EPERM if the file system keeps no owners; EIO, ENOSPC
   */
  default void chown(Owner owner, int permissions) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "chown of inode " + number() + ": owners are fixed here");
  }

  /**
   * Sets two of the times, as {@code utimensat}; a file system that cannot keep them exactly rounds
   * them down.
   *
   * @param accessed when the contents were last read
   * @param modified when the contents were last changed
   * @throws ErrnoException EPERM if the file system keeps no times; EIO, ENOSPC
   */
  default void setTimes(Instant accessed, Instant modified) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "utimes of inode " + number() + ": times are fixed here");
  }
}
