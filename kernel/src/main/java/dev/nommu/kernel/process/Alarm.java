package dev.nommu.kernel.process;

import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.wait.Timers;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The timer of a process that sends SIGALRM, ITIMER_REAL of Linux. A periodic one starts again when
 * its signal is taken, so that a process which never takes it is not sent it for ever. Thread-safe.
 */
public final class Alarm {
  /** More cannot be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final ReentrantLock lock;
  private final MachineClock clock;
  private final MachineTimer timer;

  /** Nanoseconds of the clock, also of a time that has come. */
  private long deadline;

  private boolean started;
  private Duration interval = Duration.ZERO;

  /**
   * How it is set.
   *
   * @param value until it goes off; zero if it is not started
   * @param interval from then on; zero for once
   */
  public record Setting(Duration value, Duration interval) {}

  /**
   * Creates one that is not set.
   *
   * @param lock of the process table
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

  /** One that was cancelled or set anew meanwhile does not go off. */
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

  /** Returns how it is set now. */
  public Setting get() {
    lock.lock();
    try {
      long left = started ? Math.max(1, deadline - clock.nanos()) : 0;
      return new Setting(Duration.ofNanos(left), interval);
    } finally {
      lock.unlock();
    }
  }

  /** Sets it; returns how it was set. */
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

  /** Says that its signal was taken: a periodic one goes off at the next multiple of its period. */
  void taken() {
    if (started || !interval.isPositive()) {
      return;
    }
    long late = clock.nanos() - deadline;
    long periods = late / interval.toNanos() + 1;
    start(interval.multipliedBy(periods).minusNanos(late));
  }

  /** Stops it, as the process has ended. */
  void cancel() {
    started = false;
    interval = Duration.ZERO;
    timer.cancel();
  }
}
