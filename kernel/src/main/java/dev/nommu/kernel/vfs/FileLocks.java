package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.wait.WaitQueue;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks that open files have on one inode, as {@code flock} (rule FCNTL-06): shared by several,
 * or exclusive. Thread-safe.
 */
final class FileLocks {
  /** The mode of a lock. */
  enum Mode {
    /** LOCK_SH: together with others. */
    SHARED,
    /** Alone. */
    EXCLUSIVE
  }

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final WaitQueue changed = new WaitQueue(lock, "flock");

  @GuardedBy("lock")
  private final IdentityHashMap<Object, Mode> holders = new IdentityHashMap<>();

  /**
   * Locks the inode if possible without waiting. Releases a lock of another mode that the file has,
   * whether or not it gets the new one.
   *
   * @param file the open file
   * @return whether the file has the lock
   */
  boolean tryLock(Object file, Mode mode) {
    lock.lock();
    try {
      if (holders.get(file) != mode) {
        giveUp(file);
        take(file, mode);
      }
      return holders.get(file) == mode;
    } finally {
      lock.unlock();
    }
  }

  /** Locks the inode as {@link #tryLock}, waiting until it is possible; EINTR. */
  void lock(Object file, Mode mode) throws ErrnoException {
    lock.lock();
    try {
      while (!tryLock(file, mode)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Releases the lock of an open file, if it has one. */
  void unlock(Object file) {
    lock.lock();
    try {
      giveUp(file);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void take(Object file, Mode mode) {
    boolean free = mode == Mode.SHARED ? !holders.containsValue(Mode.EXCLUSIVE) : holders.isEmpty();
    if (free) {
      holders.put(file, mode);
    }
  }

  @GuardedBy("lock")
  private void giveUp(Object file) {
    if (holders.remove(file) != null) {
      changed.wakeAll();
    }
  }
}
