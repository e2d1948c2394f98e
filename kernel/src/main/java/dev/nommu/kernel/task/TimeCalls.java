package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.process.Alarm;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Timers;
import dev.nommu.kernel.wait.Urgency;
import java.time.Duration;
import java.time.Instant;

/** The calls of a task about the machine's time. Any thread may make them. */
public final class TimeCalls {
  private final TaskLife life;
  private final SyscallEntry entry;
  private final MachineClock clock;
  private final Timers alarms;

  TimeCalls(TaskLife life, MachineClock clock, Timers alarms) {
    this.life = life;
    this.entry = life.entry();
    this.clock = clock;
    this.alarms = alarms;
  }

  /** Returns the date and time: {@code clock_gettime(CLOCK_REALTIME)}. */
  public Instant realtime() {
    return clock.instant();
  }

  /** Returns the time since the machine was created: {@code clock_gettime(CLOCK_MONOTONIC)}. */
  public Duration monotonic() {
    return Duration.ofNanos(clock.nanos());
  }

  /** Returns the CPU time of the process: {@code clock_gettime(CLOCK_PROCESS_CPUTIME_ID)}. */
  public Duration processor() {
    return life.group().resources().cpuTime().own();
  }

  /** Returns the CPU time of the children that it has waited for, and of theirs. */
  public Duration processorOfChildren() {
    return life.group().resources().cpuTime().ofChildren();
  }

  /** Returns the setting of the timer that sends SIGALRM: {@code getitimer(ITIMER_REAL)}. */
  public Duration alarm() {
    return alarmOfProcess().get().value();
  }

  /** Returns the interval of the timer; zero for one shot. */
  public Duration alarmInterval() {
    return alarmOfProcess().get().interval();
  }

  /**
   * Sets the timer of this process that sends SIGALRM, as {@code setitimer(ITIMER_REAL)}; execve
   * preserves it, a child does not inherit it (rule SIGNAL-07).
   *
   * @param value the time until it expires; zero stops it
   * @param interval from then on, restarted when the signal is taken; zero for one shot
   * @throws ErrnoException EINVAL for a negative time
   */
  public void alarm(Duration value, Duration interval) throws ErrnoException {
    entry.handleSignals();
    if (value.isNegative() || interval.isNegative()) {
      throw new ErrnoException(
          Errno.EINVAL, "setitimer: %s, then every %s".formatted(value, interval));
    }
    alarmOfProcess().set(new Alarm.Setting(value, interval));
  }

  private Alarm alarmOfProcess() {
    return life.group().signals().alarm(clock, alarms);
  }

  /**
   * Sleeps; by a simulated clock that ends as soon as no program can run.
   *
   * @throws ErrnoException EINVAL for a negative time, EINTR if a signal came first
   */
  public void nanosleep(Duration time) throws ErrnoException {
    if (time.isNegative()) {
      throw new ErrnoException(Errno.EINVAL, "nanosleep: " + time);
    }
    entry.call(() -> {
      Sleeper sleeper = life.sleeper();
      Waiter waiter = new Waiter(clock);
      Wakeup end = sleeper.sleep(waiter, clock.after(time), Urgency.HANDLED, "a moment");
      if (end == Wakeup.INTERRUPTED) {
        throw new ErrnoException(Errno.EINTR, "nanosleep of " + time + ": interrupted");
      }
      return end;
    });
  }
}
