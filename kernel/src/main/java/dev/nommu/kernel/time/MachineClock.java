package dev.nommu.kernel.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * A machine's clock: the time, and the waits for a moment. Thread-safe. For a clock of your own,
 * extend {@link PassingClock}.
 */
public abstract sealed class MachineClock implements InstantSource
    permits SimulatedClock, PassingClock {
  /** A deadline that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  private volatile Cpus cpus = Cpus.HOST;

  MachineClock() {}

  /** Returns the processors on which programs run. */
  final Cpus cpus() {
    return cpus;
  }

  /**
   * Lets at most so many programs run at once, in turn; the kernel calls it before any begins. Else
   * all that can run do, on the host's processors.
   *
   * @param count 1 or more
   */
  public final void limitCpus(int count) {
    cpus = Cpus.ofMachine(count);
  }

  /** Lets all programs run at once from now on, so that none is held up as the machine ends. */
  public final void openCpus() {
    cpus.open();
  }

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
   * Says that a thread is about to run a program: while one of these is not waiting in the kernel,
   * simulated time passes by the instructions of machine code alone. Others count only from when
   * they are woken until they return from the wait.
   */
  public final void begin(Thread program) {
    run(program);
    cpus.begin(program, Precedence.LAST);
  }

  /** Says that a thread runs no program any more. */
  public final void finish(Thread program) {
    cpus.finish(program);
    stop(program);
  }

  /**
   * Says that a thread is about to run what timers call, as interrupts: before any program goes on,
   * and at one moment.
   */
  public final void beginTimers(Thread timers) {
    hold(timers);
    cpus.begin(timers, Precedence.FIRST);
  }

  /** Says that a thread runs no timers any more. */
  public final void finishTimers(Thread timers) {
    cpus.finish(timers);
    release(timers);
  }

  /** Waits for a processor: what a thread that was begun does first. */
  public final void awaitTurn() {
    cpus.awaitTurn();
  }

  /** Lets other programs run before the calling thread goes on: {@code sched_yield}. */
  public final void passTurn() {
    cpus.passTurn();
  }

  /**
   * Lets simulated time stand still until the result is closed, except while the calling thread
   * itself waits in the kernel: for callers that drive tasks from outside and do several things at
   * one moment. Machine code stands still as well, since its instructions take time. Is closed by
   * the thread that called this; may be nested.
   */
  public final Hold hold() {
    Thread holder = Thread.currentThread();
    hold(holder);
    return () -> release(holder);
  }

  /** Lets simulated time stand still as {@link #hold()}, for another thread. */
  public abstract void hold(Thread holder);

  /** Ends {@link #hold(Thread)}. */
  public abstract void release(Thread holder);

  /**
   * Lets simulated time go on to a moment because machine code has run until then; the deadlines on
   * the way come in their order. The time is that of the hart that has gone on farthest: harts that
   * run at once take as long as the longest of them.
   *
   * @param moment nanoseconds of this clock, also of a time that is over
   * @return false if time is held, so that no instruction may follow until it is released: a wait
   *     with {@link TimeNeed#RELEASE} ends then
   */
  public abstract boolean advance(long moment);

  /** Returns after how many nanoseconds of machine code a deadline comes; 1 or more. */
  public abstract long nanosToDeadline();

  /** Counts a thread that runs. */
  abstract void run(Thread program);

  /** Counts a thread no more. */
  abstract void stop(Thread program);

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

  /** Keeps the interrupt of the host's thread, for the next check. */
  final void heedInterrupt(Waiter waiter) {
    if (Thread.currentThread().isInterrupted()) {
      end(waiter, Wakeup.INTERRUPTED);
    }
  }
}
