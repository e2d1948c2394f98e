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
 * The time that a thread of machine code has its processor, and the simulated time that passes
 * meanwhile: each instruction takes a nanosecond, whatever it does. Used by the runner of a task's
 * machine code, on the thread of its program.
 */
public final class Timeslice {
  /** How many instructions it may execute before others get their turn. */
  public static final long LENGTH = 100_000;

  private final Sleeper sleeper;
  private final MachineClock clock;
  private final CpuTime cpuTime;
  private long left = LENGTH;

  /** When the instructions began that the clock has not heard of yet, in its nanoseconds. */
  private long since;

  /** How many instructions were counted in all. */
  private long used;

  /** How many instructions had retired then. */
  private long retired;

  Timeslice(TaskLife life) {
    this.sleeper = life.sleeper();
    this.clock = life.kernel().clock();
    this.cpuTime = life.group().resources().cpuTime();
  }

  /**
   * Returns how many instructions may follow before {@link #pass} has to be called: not more than
   * are left, and not beyond the next deadline.
   *
   * @param count how many instructions have retired until now, as {@link
   *     dev.nommu.api.Hart#retired}
   */
  public long begin(long count) {
    retired = count;
    pass(count);
    return Math.min(left, clock.nanosToDeadline());
  }

  /**
   * Lets time go on to where the instructions that have retired came to. Returns when what was due
   * on the way is done, timers above all; before that if a signal came.
   *
   * @param count how many instructions have retired until now
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
   * Returns how long the thread has computed: a nanosecond for each instruction. By its own thread.
   */
  public Duration used() {
    return Duration.ofNanos(used);
  }

  /** Returns whether no instruction is left. */
  public boolean isOver() {
    return left <= 0;
  }

  /** Begins a new one. */
  void renew() {
    left = LENGTH;
  }
}
