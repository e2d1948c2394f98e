package dev.nommu.api;

import java.time.Instant;

/**
 * The object that a name in a directory refers to, as {@code struct inode}: one of the kinds of
 * {@code S_IFMT}, a set that does not grow.
 *
 * <p>Two inodes of one {@link FileSystem} with the same {@link #number} are the same file: a
 * mapping of one may be shared with a mapping of the other (rule SHARE-01).
 *
 * <p>The kernel checks beforehand that the caller may make the change and that the mount is not
 * read-only. Changing an attribute that the file system does not store fails with EPERM.
 *
 * @since 0.1.0
 */
public sealed interface Inode
    permits Directory, RegularFile, SymbolicLink, DeviceFile, Fifo, Socket {
  /**
   * Returns the number of the inode, unique in its file system while the inode or a file opened
   * from it is in use.
   */
  long number();

  /**
   * Returns owner, mode, size and times as they are now. May be called at any time, even during
   * another operation of the inode.
   *
   * @throws ErrnoException EIO if the store fails
   */
  Attributes attributes() throws ErrnoException;

  /**
   * Changes the permission bits, as {@code chmod}.
   *
   * @param permissions the low twelve mode bits
   * @throws ErrnoException EPERM if the file system stores no modes; EIO, ENOSPC
   */
  default void chmod(int permissions) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "chmod of inode " + number() + ": modes are fixed here");
  }

  /**
   * Changes owner and mode at once, as {@code chown} does: a change of owner clears the set-user-ID
   * and set-group-ID bits.
   *
   * @param owner the new owner
   * @param permissions the new low twelve mode bits
   * @throws ErrnoException EPERM if the file system stores no owners; EIO, ENOSPC
   */
  default void chown(Owner owner, int permissions) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "chown of inode " + number() + ": owners are fixed here");
  }

  /**
   * Sets two of the times, as {@code utimensat}; a file system that cannot store them exactly
   * rounds them down.
   *
   * @param accessed when the contents were last read
   * @param modified when the contents were last changed
   * @throws ErrnoException EPERM if the file system stores no times; EIO, ENOSPC
   */
  default void setTimes(Instant accessed, Instant modified) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "utimes of inode " + number() + ": times are fixed here");
  }
}
