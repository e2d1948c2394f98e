package dev.nommu.kernel.wait;

import dev.nommu.api.ErrnoException;
import java.util.concurrent.locks.ReentrantLock;

/** Something that happens once and is waited for, as {@code struct completion}. Thread-safe. */
public final class Latch {
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitQueue queue;
  private boolean open;

  /**
   * Creates a latch of what has not happened yet.
   *
   * @param what what is waited for, for messages
   */
  public Latch(String what) {
    this.queue = new WaitQueue(lock, what);
  }

  /** Says that it has happened; a second time nothing changes. */
  public void open() {
    lock.lock();
    try {
      open = true;
      queue.wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether it has happened. */
  public boolean isOpen() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it has happened.
   *
   * @throws ErrnoException EINTR if a fatal signal came first
   */
  public void awaitKillably() throws ErrnoException {
    lock.lock();
    try {
      while (!open) {
        queue.awaitKillably();
      }
    } finally {
      lock.unlock();
    }
  }
}
