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
 * Threads that wait until something changes that a lock guards: a condition of that lock, waited
 * for by the machine's clock and ended by signals. All methods are called with the lock held, once.
 */
public final class WaitQueue {
  private final ReentrantLock lock;
  private final String what;
  private final Deque<Waiter> waiters = new ArrayDeque<>();

  /**
   * Creates a queue in which nobody waits.
   *
   * @param lock guards what is waited for
   * @param what what is waited for, for messages: "a pipe"
   */
  public WaitQueue(ReentrantLock lock, String what) {
    this.lock = lock;
    this.what = what;
  }

  /**
   * Waits until somebody wakes the queue. The lock is let go of meanwhile and held again
   * afterwards; the caller looks again whether there is something to wait for.
   *
   * @throws ErrnoException EINTR if a signal came first
   */
  public void await() throws ErrnoException {
    await(MachineClock.NEVER);
  }

  /**
   * Waits as {@link #await()}, until a deadline at most.
   *
   * @param deadline nanoseconds of the clock of {@link Sleeper#current}
   * @return whether it was woken; false if the deadline came
   * @throws ErrnoException EINTR if a signal came first
   */
  public boolean await(long deadline) throws ErrnoException {
    return await(deadline, Urgency.HANDLED);
  }

  /** Waits as {@link #await()}, but only a fatal signal ends the wait, with EINTR. */
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

  /** Wakes all who wait. */
  public void wakeAll() {
    waiters.forEach(Waiter::wake);
    waiters.clear();
  }
}
