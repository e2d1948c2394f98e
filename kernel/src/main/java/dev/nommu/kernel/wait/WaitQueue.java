package dev.nommu.kernel.wait;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that wait until state guarded by a lock changes: a condition of that lock with timeouts
 * by the machine's clock, interrupted by signals. All methods must be called with the lock held,
 * once.
 */
public final class WaitQueue {
  private final ReentrantLock lock;
  private final String what;
  private final Deque<Waiter> waiters = new ArrayDeque<>();

  /**
   * Creates an empty queue.
   *
   * @param lock guards the state waited for
   * @param what the object waited for, for messages: "a pipe"
   */
  public WaitQueue(ReentrantLock lock, String what) {
    this.lock = lock;
    this.what = what;
  }

  /**
   * Waits until the queue is woken. Releases the lock while it waits and takes it again; the caller
   * checks its condition again.
   *
   * @throws ErrnoException EINTR if a signal came first
   */
  public void await() throws ErrnoException {
    await(MachineClock.NEVER);
  }

  /**
   * Waits as in {@link #await()}, but at most until a deadline.
   *
   * @param deadline nanoseconds of the clock of {@link Sleeper#current}
   * @return whether it was woken; false if the deadline came
   * @throws ErrnoException EINTR if a signal came first
   */
  public boolean await(long deadline) throws ErrnoException {
    return await(deadline, Urgency.HANDLED);
  }

  /** Waits as in {@link #await()}, but only a fatal signal ends the wait, with EINTR. */
  public void awaitKillably() throws ErrnoException {
    await(MachineClock.NEVER, Urgency.FATAL);
  }

  private boolean await(long deadline, Urgency least) throws ErrnoException {
    Sleeper sleeper = Sleeper.current();
    Waiter waiter = new Waiter(sleeper.clock());
    waiters.add(waiter);
    lock.unlock();
    Wakeup end;
    try {
      end = sleeper.sleep(waiter, deadline, least, what);
    } finally {
      lock.lock();
      waiters.remove(waiter);
    }
    if (end == Wakeup.INTERRUPTED) {
      throw new ErrnoException(Errno.EINTR, "interrupted while waiting for " + what);
    }
    return end == Wakeup.WOKEN;
  }

  /** Wakes all waiting threads. */
  public void wakeAll() {
    waiters.forEach(Waiter::wake);
    waiters.clear();
  }
}
