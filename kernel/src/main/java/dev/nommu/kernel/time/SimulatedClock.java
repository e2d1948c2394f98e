package dev.nommu.kernel.time;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still while any program can run, and goes on to the next deadline when all of
 * them wait: nobody ever sleeps for a timeout, and a program takes no time at all. Timers of
 * drivers do not make it go on by themselves: somebody has to wait for a device or for a deadline.
 *
 * <p>Who is woken counts as one that can run from the moment of the wake on, not from when the host
 * gives it a processor: time cannot pass between a wake-up and what is done about it.
 */
public final class SimulatedClock extends MachineClock {
  private final Instant start;
  private final long startMillis;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Waiter.Place, Waiter> timers = new TreeMap<>();
  private final Map<Thread, Integer> programs = new HashMap<>();
  private int running;

  /** How many of those who sleep need time to go on. */
  private int needing;

  private long sleeps;

  /** Is set with the lock held; whoever asks for the time waits for nobody. */
  private volatile long nanos;

  /**
   * Creates a clock that begins at 1970-01-01T00:00:00Z, as on a board without a clock that
   * outlives its power.
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
  public void begin(Thread program) {
    lock.lock();
    try {
      if (programs.merge(program, 1, Integer::sum) == 1) {
        running++;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void finish(Thread program) {
    lock.lock();
    try {
      int times = Objects.requireNonNull(programs.get(program), "the thread runs no program");
      if (times > 1) {
        programs.put(program, times - 1);
        return;
      }
      programs.remove(program);
      stopRunning();
    } finally {
      lock.unlock();
    }
  }

  @Override
  Wakeup sleep(Waiter waiter, long deadline) {
    boolean program = fallAsleep(waiter, deadline);
    park(waiter);
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
  private boolean fallAsleep(Waiter waiter, long deadline) {
    lock.lock();
    try {
      boolean program = programs.containsKey(Thread.currentThread());
      if (deadline <= nanos) {
        waiter.end(Wakeup.TIMED_OUT);
      }
      if (waiter.ended() == null) {
        fallAsleepUntil(waiter, deadline);
        if (program) {
          running--;
        }
        passTime();
      }
      return program;
    } finally {
      lock.unlock();
    }
  }

  private void fallAsleepUntil(Waiter waiter, long deadline) {
    waiter.fallAsleep(new Waiter.Place(deadline, ++sleeps));
    needing += waiter.needsTime() ? 1 : 0;
    if (deadline != NEVER) {
      timers.put(waiter.place(), waiter);
    }
  }

  private void stopRunning() {
    running--;
    passTime();
  }

  /**
   * Goes on to the next deadline if nobody can run and somebody needs time; all who wait for that
   * moment can run then.
   */
  private void passTime() {
    if (running > 0 || needing == 0 || timers.isEmpty()) {
      return;
    }
    nanos = timers.firstKey().deadline();
    while (!timers.isEmpty() && timers.firstKey().deadline() == nanos) {
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
      needing -= waiter.needsTime() ? 1 : 0;
      timers.remove(waiter.place());
      waiter.resume();
    }
    return true;
  }
}
