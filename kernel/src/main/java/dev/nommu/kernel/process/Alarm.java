package dev.nommu.kernel.process;

import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.wait.Timers;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The timer of a process that sends SIGALRM, ITIMER_REAL of Linux. A periodic timer restarts when
 * its signal is taken, so a process that never takes it receives only one. Thread-safe.
 */
public final class Alarm {
  /** The longest time in nanoseconds. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final ReentrantLock lock;
  private final MachineClock clock;
  private final MachineTimer timer;

  /** In nanoseconds of the clock, even if it has passed. */
  private long deadline;

  private boolean started;
  private Duration interval = Duration.ZERO;

  /**
   * The setting of the timer.
   *
   * @param value the time until it expires; zero if it is disarmed
   * @param interval the period after that; zero for a one-shot timer
   */
  public record Setting(Duration value, Duration interval) {}

  /**
   * Creates a disarmed timer.
   *
   * @param lock the lock of the process table
   * @param ring sends the signal
   */
  Alarm(ReentrantLock lock, String what, Runnable ring, MachineClock clock, Timers timers) {
    this.lock = lock;
    this.clock = clock;
    this.timer = timers.newTimer(what, () -> goOff(ring));
  }

  private void goOff(Runnable ring) {
    if (isDue()) {
      ring.run();
    }
  }

  /**
   * Disarms it and returns true if it expired; false if it was cancelled or set again meanwhile.
   */
  private boolean isDue() {
    lock.lock();
    try {
      boolean due = started && clock.nanos() >= deadline;
      started = started && !due;
      return due;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the current setting. */
  public Setting get() {
    lock.lock();
    try {
      long left = started ? Math.max(1, deadline - clock.nanos()) : 0;
      return new Setting(Duration.ofNanos(left), interval);
    } finally {
      lock.unlock();
    }
  }

  /** Sets it; returns the previous setting. */
  public Setting set(Setting next) {
    lock.lock();
    try {
      Setting former = get();
      interval = next.interval().compareTo(LONGEST) > 0 ? LONGEST : next.interval();
      start(next.value());
      return former;
    } finally {
      lock.unlock();
    }
  }

  private void start(Duration value) {
    started = value.isPositive();
    if (started) {
      deadline = clock.after(value);
      timer.startOnce(value);
    } else {
      timer.cancel();
    }
  }

  /**
   * Called when its signal was taken: a periodic timer expires at the next multiple of its period.
   */
  void taken() {
    if (started || !interval.isPositive()) {
      return;
    }
    long late = clock.nanos() - deadline;
    long periods = late / interval.toNanos() + 1;
    start(interval.multipliedBy(periods).minusNanos(late));
  }

  /** Stops it because the process has ended. */
  void cancel() {
    started = false;
    interval = Duration.ZERO;
    timer.cancel();
  }
}
