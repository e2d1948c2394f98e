package dev.nommu.kernel.vfs;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of an inode, as {@code i_rwsem}. With assertions enabled it checks the lock order: a
 * file of /proc, whose text depends on other files, or of a host directory, which another machine
 * may serve; then directories, an ancestor before its descendants; then one inode of another kind.
 */
public final class InodeLock extends ReentrantLock {
  @Serial private static final long serialVersionUID = 1L;

  private static final ThreadLocal<List<InodeLock>> HELD = ThreadLocal.withInitial(ArrayList::new);

  private final transient VfsInode inode;

  InodeLock(VfsInode inode) {
    this.inode = inode;
  }

  @Override
  public void lock() {
    assert isInOrder() : inode + " is locked after " + HELD.get();
    super.lock();
    assert HELD.get().add(this);
  }

  @Override
  public void unlock() {
    assert HELD.get().remove(this);
    super.unlock();
  }

  private boolean isInOrder() {
    return isHeldByCurrentThread()
        || HELD.get().stream().allMatch(held -> inode.mayBeLockedAfter(held.inode));
  }

  /** Returns whether a lock that precedes those of inodes may be taken; true without assertions. */
  static boolean isNoneHeld() {
    return HELD.get().stream().allMatch(held -> held.inode.superBlock().showsOtherFiles());
  }

  @Override
  public String toString() {
    return "the lock of " + inode;
  }
}
