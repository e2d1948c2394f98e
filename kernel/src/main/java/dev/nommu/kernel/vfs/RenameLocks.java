package dev.nommu.kernel.vfs;

import dev.nommu.api.ErrnoException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The two directories of a rename, locked as {@code lock_rename} does: if they differ, first the
 * rename lock of their file system, so that the tree keeps its shape, then an ancestor before its
 * descendant. For the thread that locked them.
 *
 * @param from the old directory
 * @param to the new directory; the same as {@code from} for a rename within a directory
 */
record RenameLocks(LockedDirectory from, LockedDirectory to) implements AutoCloseable {
  /**
   * Locks two directories of one file system until {@link #close}.
   *
   * @throws ErrnoException ENOTDIR
   */
  static RenameLocks lock(VfsPath from, VfsPath to) throws ErrnoException {
    from.requireDirectory();
    to.requireDirectory();
    if (from.inode() == to.inode()) {
      LockedDirectory both = LockedDirectory.lock(from);
      return new RenameLocks(both, both);
    }
    assert InodeLock.isNoneHeld() : "rename in " + from + " with the lock of an inode";
    renames(from).lock();
    if (to.inode().isAncestorOf(from.inode())) {
      LockedDirectory first = LockedDirectory.lock(to);
      return new RenameLocks(LockedDirectory.lock(from), first);
    }
    LockedDirectory first = LockedDirectory.lock(from);
    return new RenameLocks(first, LockedDirectory.lock(to));
  }

  private static ReentrantLock renames(VfsPath directory) {
    return directory.inode().superBlock().renames();
  }

  @Override
  public void close() {
    to.close();
    if (from != to) {
      from.close();
      renames(from.path()).unlock();
    }
  }
}
