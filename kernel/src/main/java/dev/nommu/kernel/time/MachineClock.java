package dev.nommu.kernel.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * A machine's clock: the time, and waits for a deadline. Thread-safe. To write a clock, extend
 * {@link PassingClock}.
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
   * Limits the number of programs that run at once, taking turns; the kernel calls this before any
   * begins. By default all runnable programs run, on the host's processors.
   *
   * @param count the limit, 1 or more
   */
  public final void limitCpus(int count) {
    cpus = Cpus.ofMachine(count);
  }

  /** Lets all programs run at once from now on, so that none is delayed when the machine ends. */
  public final void openCpus() {
    cpus.open();
  }

  /**
   * Returns the nanoseconds since the machine was created, which never decrease: CLOCK_MONOTONIC.
   */
  public abstract long nanos();

  /** Returns the deadline after a timeout; {@link #NEVER} if that overflows. */
  public final long after(Duration timeout) {
    try {
      return Math.addExact(nanos(), timeout.toNanos());
    } catch (ArithmeticException tooFar) {
      return timeout.isNegative() ? nanos() : NEVER;
    }
  }

  /**
   * Registers a thread that is about to run a program: while one of these is not waiting in the
   * kernel, only instructions of machine code advance simulated time. Other threads count only from
   * being woken until they return from the wait.
   */
  public final void begin(Thread program) {
    run(program);
    cpus.begin(program, Precedence.LAST);
  }

  /** Unregisters a thread that no longer runs a program. */
  public final void finish(Thread program) {
    cpus.finish(program);
    stop(program);
  }

  /**
   * Registers a thread that is about to run timer callbacks, like interrupts: before any program
   * continues, and without time passing.
   */
  public final void beginTimers(Thread timers) {
    hold(timers);
    cpus.begin(timers, Precedence.FIRST);
  }

  /** Unregisters a thread that no longer runs timer callbacks. */
  public final void finishTimers(Thread timers) {
    cpus.finish(timers);
    release(timers);
  }

  /** Waits for a processor: the first call of a registered thread. */
  public final void awaitTurn() {
    cpus.awaitTurn();
  }

  /** Lets other programs run before the calling thread continues: {@code sched_yield}. */
  public final void passTurn() {
    cpus.passTurn();
  }

  /**
   * Stops simulated time until the result is closed, except while the calling thread itself waits
   * in the kernel: for callers that drive tasks from outside and perform several actions at one
   * moment. Machine code stops as well, since its instructions take time. Must be closed by the
   * thread that called this; may be nested.
   */
  public final Hold hold() {
    Thread holder = Thread.currentThread();
    hold(holder);
    return () -> release(holder);
  }

  /** Stops simulated time as in {@link #hold()}, for another thread. */
  public abstract void hold(Thread holder);

  /** Ends {@link #hold(Thread)}. */
  public abstract void release(Thread holder);

  /**
   * Advances simulated time to a moment because machine code has run until then; deadlines up to it
   * expire in order. The time is that of the hart that is farthest ahead: concurrent harts take as
   * long as the longest of them.
   *
   * @param moment nanoseconds of this clock, possibly past
   * @return false if time is held, so no instruction may follow until it is released: a wait with
   *     {@link TimeNeed#RELEASE} ends then
   */
  public abstract boolean advance(long moment);

  /** Returns the nanoseconds of machine code until the next deadline, 1 or more. */
  public abstract long nanosToDeadline();

  /** Counts a thread as running. */
  abstract void run(Thread program);

  /** Stops counting a thread as running. */
  abstract void stop(Thread program);

  /** Stops simulated time while it is open. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits; called by the waiter's own thread, which holds no lock that a waker needs. */
  abstract Wakeup sleep(Waiter waiter, long deadline);

  /** Ends a wait; returns false if it was already over. */
  abstract boolean end(Waiter waiter, Wakeup how);

  /** Parks the calling thread until its wait is over. */
  final void park(Waiter waiter) {
    while (waiter.ended() == null) {
      LockSupport.park(waiter);
      heedInterrupt(waiter);
    }
  }

  /** Ends the wait if the host's thread is interrupted, whose interrupt status is kept. */
  final void heedInterrupt(Waiter waiter) {
    if (Thread.currentThread().isInterrupted()) {
      end(waiter, Wakeup.INTERRUPTED);
    }
  }
}
