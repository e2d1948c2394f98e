package dev.nommu.kernel.wait;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.TimeNeed;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import java.lang.ScopedValue.CallableOp;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The queue in which operations of files wait, those of plugins and of pipes. A waiter enters the
 * queue before its condition is checked, and a waker changes the state before it wakes the queue,
 * so no wake-up is lost.
 *
 * <p>Lock order: the lock of an inode, or a plugin's lock, then the monitor of a queue, then the
 * lock of the clock.
 */
public final class FileWaitQueue implements WaitQueue {
  private static final ScopedValue<FileOperation> CURRENT = ScopedValue.newInstance();

  private final String what;
  private final TimeNeed need;

  @GuardedBy("this")
  private final Set<Waiter> waiters = new LinkedHashSet<>();

  private FileWaitQueue(String what, TimeNeed need) {
    this.what = what;
    this.need = need;
  }

  /**
   * Returns a queue for events caused by other tasks or from outside.
   *
   * @param what the object waited for, for messages: "a pipe"
   */
  public static FileWaitQueue ofTasks(String what) {
    return new FileWaitQueue(what, TimeNeed.DEADLINE);
  }

  /** Returns a queue for events of a device: simulated time advances to its timers. */
  public static FileWaitQueue ofDevice(String what) {
    return new FileWaitQueue(what, TimeNeed.TIMERS);
  }

  /** Returns a queue of tasks that wait for the host, during which simulated time is held. */
  public static FileWaitQueue ofHost(String what) {
    return new FileWaitQueue(what, TimeNeed.HOST);
  }

  /** Returns the result of a call during which only this operation may wait. */
  public static <T> T during(FileOperation operation, CallableOp<T, ErrnoException> call)
      throws ErrnoException {
    return ScopedValue.where(CURRENT, operation).call(call);
  }

  @Override
  public void await(BooleanSupplier condition) throws ErrnoException {
    await(condition, MachineClock.NEVER);
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) throws ErrnoException {
    return await(condition, Sleeper.current().clock().after(timeout));
  }

  private boolean await(BooleanSupplier condition, long deadline) throws ErrnoException {
    boolean inTime = true;
    while (!condition.getAsBoolean()) {
      if (!inTime) {
        return false;
      }
      inTime = awaitWakeUp(condition, deadline);
    }
    return true;
  }

  /** Returns whether to check the condition again: false if the deadline came. */
  private boolean awaitWakeUp(BooleanSupplier condition, long deadline) throws ErrnoException {
    FileOperation operation = requireMayWait();
    Sleeper sleeper = Sleeper.current();
    Waiter waiter = new Waiter(sleeper.clock(), need);
    enter(waiter);
    try {
      return condition.getAsBoolean() || sleep(operation, sleeper, waiter, deadline);
    } finally {
      leave(waiter);
    }
  }

  private FileOperation requireMayWait() throws ErrnoException {
    if (!CURRENT.isBound()) {
      throw new ErrnoException(
          Errno.EAGAIN, "waiting for " + what + ": not in an operation of a pollable file");
    }
    if (CURRENT.get().isNonblocking()) {
      throw new ErrnoException(Errno.EAGAIN, "waiting for " + what + ": O_NONBLOCK is set");
    }
    return CURRENT.get();
  }

  private boolean sleep(FileOperation operation, Sleeper sleeper, Waiter waiter, long deadline)
      throws ErrnoException {
    operation.letGo(waiter);
    Wakeup end;
    try {
      end = sleeper.sleep(waiter, deadline, Urgency.HANDLED, what);
    } finally {
      operation.takeBack(waiter);
    }
    if (end == Wakeup.INTERRUPTED) {
      throw new ErrnoException(Errno.EINTR, "interrupted while waiting for " + what);
    }
    operation.requireOpen();
    return end == Wakeup.WOKEN;
  }

  /** Creates a waiter of the calling thread, which is about to enter several queues. */
  public static Waiter waiterFor(MachineClock clock, Collection<FileWaitQueue> queues) {
    boolean device = queues.stream().anyMatch(queue -> queue.need == TimeNeed.TIMERS);
    return new Waiter(clock, device ? TimeNeed.TIMERS : TimeNeed.DEADLINE);
  }

  /** Adds a waiter, which the queue wakes from now on. */
  public synchronized void enter(Waiter waiter) {
    waiters.add(waiter);
  }

  /** Removes a waiter. */
  public synchronized void leave(Waiter waiter) {
    waiters.remove(waiter);
  }

  @Override
  public synchronized void wakeAll() {
    waiters.forEach(Waiter::wake);
  }
}
