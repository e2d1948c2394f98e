package dev.nommu.api;

/**
 * What a name in a directory stands for, as {@code struct inode}: one of a closed set of kinds.
 *
 * <p>Two inodes of one {@link FileSystem} with the same {@link #number} are the same file: a
 * mapping of one may be shared with a mapping of the other (rule SHARE-01).
 */
public sealed interface Inode
    permits Directory, RegularFile, SymbolicLink, DeviceFile, Fifo, Socket {
  /**
   * Returns the number of the inode, unique in its file system for as long as the inode, or a file
   * opened from it, is in use.
   */
  long number();

  /** Returns owner, mode, size and times as they are now. */
  Attributes attributes();

  /**
   * Changes the permission bits, as {@code chmod}.
   *
   * @param permissions the low twelve mode bits
   * @throws ErrnoException EPERM if the file system keeps no modes; EROFS
   */
  default void chmod(int permissions) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "chmod of inode " + number() + ": modes are fixed here");
  }
}
