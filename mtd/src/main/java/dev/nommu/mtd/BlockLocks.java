package dev.nommu.mtd;

import dev.nommu.api.ErrnoException;

/**
 * The locks of erase blocks. Callers have checked that ranges lie in the device. Called
 * concurrently.
 */
interface BlockLocks {
  /**
   * Locks the blocks of a range against programming and erasing.
   *
   * @throws ErrnoException EINVAL if the range does not consist of whole blocks, EIO
   */
  void lock(long offset, long length) throws ErrnoException;

  /**
   * Unlocks the blocks of a range.
   *
   * @throws ErrnoException as for {@link #lock}
   */
  void unlock(long offset, long length) throws ErrnoException;

  /**
   * Returns whether a block of the range is locked.
   *
   * @throws ErrnoException as for {@link #lock}
   */
  boolean isLocked(long offset, long length) throws ErrnoException;
}
