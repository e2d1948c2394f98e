package dev.nommu.api;

import java.util.Set;

/**
 * An inode that keeps flags, as {@code inode_operations.fileattr_get} and {@code fileattr_set}: a
 * slot that an inode of any kind implements beside its kind. The kernel heeds the flags; without
 * the slot FS_IOC_GETFLAGS and FS_IOC_SETFLAGS are ENOTTY.
 *
 * @since 0.1.0
 */
public interface FlaggedInode {
  /**
   * Returns the flags that are set; immutable. Asked once, when the kernel first meets the inode:
   * from then on they change by {@link #setFlags} alone.
   *
   * @throws ErrnoException EIO if the store fails
   */
  Set<InodeFlag> flags() throws ErrnoException;

  /**
   * Sets these flags and clears all others. The kernel has checked that the caller may do this.
   *
   * @throws ErrnoException EOPNOTSUPP for a flag that cannot be kept; EIO, ENOSPC
   */
  void setFlags(Set<InodeFlag> flags) throws ErrnoException;
}
