package dev.nommu.kernel.wait;

import dev.nommu.api.ErrnoException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An event that happens once and can be waited for, like {@code struct completion}. Thread-safe.
 */
public final class Latch {
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitQueue queue;
  private boolean open;

  /**
   * Creates a latch for an event that has not happened yet.
   *
   * @param what the event, for messages
   */
  public Latch(String what) {
    this.queue = new WaitQueue(lock, what);
  }

  /** Marks the event as happened; has no further effect after the first time. */
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
