package dev.nommu.kernel.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * A machine's clock: what time it is, and how those who wait for a moment come to it. Thread-safe.
 * For a clock of your own, extend {@link PassingClock}.
 */
public abstract sealed class MachineClock implements InstantSource
    permits SimulatedClock, PassingClock {
  /** A deadline that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  MachineClock() {}

  /** Returns nanoseconds since the machine was made, which never go back: CLOCK_MONOTONIC. */
  public abstract long nanos();

  /** Returns the deadline that comes after a time; {@link #NEVER} if that is beyond counting. */
  public final long after(Duration timeout) {
    try {
      return Math.addExact(nanos(), timeout.toNanos());
    } catch (ArithmeticException tooFar) {
      return timeout.isNegative() ? nanos() : NEVER;
    }
  }

  /**
   * Says that a thread runs a program: while one of these is not waiting in the kernel, simulated
   * time stands still. Others count only from when they are woken until they return from the wait.
   */
  public abstract void begin(Thread program);

  /** Says that a thread runs no program any more. */
  public abstract void finish(Thread program);

  /**
   * Lets simulated time stand still until the result is closed, except while the calling thread
   * itself waits in the kernel: for whoever drives tasks from outside and wants to do several
   * things at one moment. Is closed by the thread that called this; may be nested.
   */
  public final Hold hold() {
    Thread holder = Thread.currentThread();
    begin(holder);
    return () -> finish(holder);
  }

  /** Simulated time stands still while it is open. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits; called by the waiter's own thread, which holds no lock that a waker needs. */
  abstract Wakeup sleep(Waiter waiter, long deadline);

  /** Ends a wait; returns whether it was not over yet. */
  abstract boolean end(Waiter waiter, Wakeup how);

  /** Lets the calling thread stand still until its wait is over. */
  final void park(Waiter waiter) {
    while (waiter.ended() == null) {
      LockSupport.park(waiter);
      heedInterrupt(waiter);
    }
  }

  /** An interrupt of the host's thread stays one, for whoever looks at it next. */
  final void heedInterrupt(Waiter waiter) {
    if (Thread.currentThread().isInterrupted()) {
      end(waiter, Wakeup.INTERRUPTED);
    }
  }
}
