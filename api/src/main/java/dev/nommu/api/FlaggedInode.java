package dev.nommu.api;

import java.util.Set;

/**
 * An inode with flags, as {@code inode_operations.fileattr_get} and {@code fileattr_set}: an
 * optional slot for an inode of any kind. The kernel enforces the flags; without the slot
 * FS_IOC_GETFLAGS and FS_IOC_SETFLAGS fail with ENOTTY.
 *
 * @since 0.1.0
 */
public interface FlaggedInode {
  /**
   * Returns the flags that are set; immutable. Called once, when the kernel first sees the inode:
   * from then on they change only through {@link #setFlags}.
   *
   * @throws ErrnoException EIO if the store fails
   */
  Set<InodeFlag> flags() throws ErrnoException;

  /**
   * Sets these flags and clears all others. The kernel has checked that the caller may do this.
   *
   * @throws ErrnoException EOPNOTSUPP for a flag that cannot be stored; EIO, ENOSPC
   */
  void setFlags(Set<InodeFlag> flags) throws ErrnoException;
}
