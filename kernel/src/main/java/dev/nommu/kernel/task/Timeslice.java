package dev.nommu.kernel.task;

import dev.nommu.kernel.process.CpuTime;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.TimeNeed;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Urgency;
import java.time.Duration;

/**
 * The time for which a thread of machine code has its processor, and the simulated time that passes
 * meanwhile: each instruction takes one nanosecond, whatever it does. Used by the runner of a
 * task's machine code, on the thread of its program.
 */
public final class Timeslice {
  /** The number of instructions it may execute before others get their turn. */
  public static final long LENGTH = 100_000;

  private final Sleeper sleeper;
  private final MachineClock clock;
  private final CpuTime cpuTime;
  private long left = LENGTH;

  /** The clock's nanoseconds when the instructions not yet charged to it began. */
  private long since;

  /** The number of instructions counted in total. */
  private long used;

  /** The number of instructions that had retired then. */
  private long retired;

  Timeslice(TaskLife life) {
    this.sleeper = life.sleeper();
    this.clock = life.kernel().clock();
    this.cpuTime = life.group().resources().cpuTime();
  }

  /**
   * Returns the number of instructions that may follow before {@link #pass} must be called: at most
   * those left, and not beyond the next deadline.
   *
   * @param count the instructions retired so far, as {@link dev.nommu.api.Hart#retired}
   */
  public long begin(long count) {
    retired = count;
    pass(count);
    return Math.min(left, clock.nanosToDeadline());
  }

  /**
   * Advances time by the instructions that have retired. Returns when everything due meanwhile is
   * done, mainly timers; earlier if a signal came.
   *
   * @param count the instructions retired so far
   */
  public void pass(long count) {
    long moment = since + count - retired;
    left -= count - retired;
    cpuTime.add(count - retired);
    used += count - retired;
    retired = count;
    boolean interrupted = false;
    while (!interrupted && !clock.advance(moment)) {
      interrupted = awaitRelease() == Wakeup.INTERRUPTED;
    }
    since = clock.nanos();
  }

  private Wakeup awaitRelease() {
    Waiter waiter = new Waiter(clock, TimeNeed.RELEASE);
    return sleeper.sleep(waiter, MachineClock.NEVER, Urgency.HANDLED, "time, which is held");
  }

  /**
   * Returns the CPU time of the thread: one nanosecond for each instruction. Called on its own
   * thread.
   */
  public Duration used() {
    return Duration.ofNanos(used);
  }

  /** Returns whether no instruction is left. */
  public boolean isOver() {
    return left <= 0;
  }

  /** Starts a new one. */
  void renew() {
    left = LENGTH;
  }
}
