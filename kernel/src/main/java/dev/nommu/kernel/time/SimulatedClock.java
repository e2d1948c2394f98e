package dev.nommu.kernel.time;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that advances with the instructions of machine code, a nanosecond each, and to the next
 * deadline when all programs wait: no thread ever sleeps for a timeout, a program that spins until
 * a deadline reaches it, and nothing depends on the host's clock. Java programs take no time.
 * Timers of drivers do not advance it by themselves: a program has to compute, or to wait for a
 * device or a deadline.
 *
 * <p>A woken thread counts as running from the moment it is woken, not from when the host schedules
 * it: time cannot pass between a wake-up and the reaction to it.
 */
public final class SimulatedClock extends MachineClock {
  private final Instant start;
  private final long startMillis;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Waiter.Place, Waiter> timers = new TreeMap<>();
  private final Map<Thread, Runner> runners = new HashMap<>();
  private final Set<Waiter> stalled = new LinkedHashSet<>();
  private int running;

  /** The number of running threads that hold time. */
  private int holding;

  /** Whether there are any; written like {@link #nanos}. */
  private volatile boolean held;

  /** The number of sleeping threads that need time to advance. */
  private int needing;

  private long sleeps;

  /** The first deadline of {@link #timers}, or {@link #NEVER}; written like {@link #nanos}. */
  private volatile long deadline = NEVER;

  /** Written with the lock held, read without. */
  private volatile long nanos;

  /** The counts of a running thread: all of them, and those that hold time. */
  private static final class Runner {
    int runs;
    int holds;
  }

  /**
   * Creates a clock that begins at 1970-01-01T00:00:00Z, as on a board without a battery-backed
   * clock.
   */
  public SimulatedClock() {
    this(Instant.EPOCH);
  }

  /** Creates a clock that begins at an instant. */
  public SimulatedClock(Instant start) {
    this.start = start;
    this.startMillis = start.toEpochMilli();
    this.startNanos = start.get(ChronoField.NANO_OF_SECOND) % 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long millis() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(startNanos + nanos);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos());
  }

  @Override
  void run(Thread program) {
    lock.lock();
    try {
      count(program);
    } finally {
      lock.unlock();
    }
  }

  private Runner count(Thread thread) {
    Runner runner = runners.computeIfAbsent(thread, first -> new Runner());
    if (++runner.runs == 1) {
      running++;
    }
    return runner;
  }

  @Override
  void stop(Thread program) {
    lock.lock();
    try {
      discount(program);
    } finally {
      lock.unlock();
    }
  }

  private void discount(Thread thread) {
    if (--runner(thread).runs == 0) {
      runners.remove(thread);
      stopRunning();
    }
  }

  private Runner runner(Thread thread) {
    return Objects.requireNonNull(runners.get(thread), "the thread runs no program");
  }

  @Override
  public void hold(Thread holder) {
    lock.lock();
    try {
      if (++count(holder).holds == 1) {
        hold(1);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(Thread holder) {
    lock.lock();
    try {
      if (--runner(holder).holds == 0) {
        stopHolding();
      }
      discount(holder);
    } finally {
      lock.unlock();
    }
  }

  private void hold(int more) {
    holding += more;
    held = holding > 0;
  }

  private void stopHolding() {
    hold(-1);
    if (!held) {
      List.copyOf(stalled).forEach(waiter -> endLocked(waiter, Wakeup.WOKEN));
    }
  }

  @Override
  public boolean advance(long moment) {
    if (moment <= nanos) {
      return !held;
    }
    lock.lock();
    try {
      while (!held && nanos < moment) {
        goOnTo(Math.min(moment, deadline));
      }
      return !held;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanosToDeadline() {
    long next = deadline;
    return next == NEVER ? NEVER : Math.max(1, next - nanos);
  }

  @Override
  Wakeup sleep(Waiter waiter, long until) {
    boolean program = fallAsleep(waiter, until);
    park(waiter);
    cpus().awaitTurn();
    if (!program && waiter.asleep()) {
      lock.lock();
      try {
        stopRunning();
      } finally {
        lock.unlock();
      }
    }
    return Objects.requireNonNull(waiter.ended());
  }

  /** Returns whether the calling thread runs a program. */
  private boolean fallAsleep(Waiter waiter, long until) {
    lock.lock();
    try {
      Optional<Runner> runner = Optional.ofNullable(runners.get(waiter.thread()));
      if (until <= nanos) {
        waiter.end(Wakeup.TIMED_OUT);
      } else if (waiter.goesFirst() && !held) {
        waiter.end(Wakeup.WOKEN);
      }
      if (waiter.ended() == null) {
        fallAsleep(waiter, until, runner);
        passTime();
      }
      return runner.isPresent();
    } finally {
      lock.unlock();
    }
  }

  private void fallAsleep(Waiter waiter, long until, Optional<Runner> runner) {
    Precedence precedence =
        runner.filter(each -> each.holds > 0).isPresent() ? Precedence.FIRST : Precedence.LAST;
    waiter.fallAsleep(new Waiter.Place(until, precedence, ++sleeps));
    needing += waiter.needsTime() ? 1 : 0;
    if (until != NEVER) {
      timers.put(waiter.place(), waiter);
      timersChanged();
    } else if (waiter.goesFirst()) {
      stalled.add(waiter);
    }
    runner.ifPresent(each -> stopRunning(each, waiter));
  }

  private void stopRunning(Runner runner, Waiter waiter) {
    if (runner.holds > 0) {
      stopHolding();
    }
    running--;
    if (!waiter.keepsCpu()) {
      cpus().leave(waiter);
    }
  }

  private void timersChanged() {
    deadline = timers.isEmpty() ? NEVER : timers.firstKey().deadline();
  }

  private void stopRunning() {
    running--;
    passTime();
  }

  /** Advances to the next deadline if no thread can run and one needs time. */
  private void passTime() {
    if (running == 0 && needing > 0 && !timers.isEmpty()) {
      goOnTo(deadline);
    }
  }

  /** Advances to a moment and ends all waits for deadlines up to it. */
  private void goOnTo(long moment) {
    nanos = moment;
    while (deadline <= moment && deadline != NEVER) {
      endLocked(timers.firstEntry().getValue(), Wakeup.TIMED_OUT);
    }
  }

  @Override
  boolean end(Waiter waiter, Wakeup how) {
    lock.lock();
    try {
      return endLocked(waiter, how);
    } finally {
      lock.unlock();
    }
  }

  private boolean endLocked(Waiter waiter, Wakeup how) {
    if (!waiter.end(how)) {
      return false;
    }
    if (waiter.asleep()) {
      running++;
      Runner runner = runners.get(waiter.thread());
      hold(runner != null && runner.holds > 0 ? 1 : 0);
      needing -= waiter.needsTime() ? 1 : 0;
      stalled.remove(waiter);
      timers.remove(waiter.place());
      timersChanged();
      cpus().enter(waiter);
    }
    return true;
  }
}
