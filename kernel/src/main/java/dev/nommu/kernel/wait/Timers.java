package dev.nommu.kernel.wait;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.TimeNeed;
import dev.nommu.kernel.time.Waiter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Timers of a machine: those of its drivers, or those of its processes. They expire one at a time,
 * in order of time, on one thread, which starts with the first timer. Thread-safe.
 */
public final class Timers {
  /**
   * The time when a timer expires.
   *
   * @param deadline nanoseconds of the clock
   * @param number distinguishes timers with the same deadline
   */
  private record Place(long deadline, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::deadline).thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private final MachineClock clock;
  private final TimeNeed need;
  private final Sleeper sleeper;
  private final Thread thread = Thread.ofVirtual().name("timers").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final TreeMap<Place, Timer> started = new TreeMap<>();

  /** The waiter of the thread while it sleeps. */
  @GuardedBy("lock")
  private @Nullable Waiter waiter;

  @GuardedBy("lock")
  private long starts;

  @GuardedBy("lock")
  private boolean ended;

  /** The timer whose callback is running. */
  private volatile @Nullable Timer running;

  /**
   * Creates an empty set of timers.
   *
   * @param need whether simulated time advances for them
   */
  public Timers(MachineClock clock, TimeNeed need) {
    this.clock = clock;
    this.need = need;
    this.sleeper = new Sleeper(clock);
  }

  /**
   * Returns a timer that is not started.
   *
   * @param what its name in messages
   * @param callback called without a lock; must not throw
   */
  public MachineTimer newTimer(String what, Runnable callback) {
    return new Timer(what, callback);
  }

  /** Returns the thread and the name of the timer whose callback is running; empty if none is. */
  public Map<Thread, String> calling() {
    Timer now = running;
    return now == null ? Map.of() : Map.of(thread, now.what);
  }

  private final class Timer implements MachineTimer {
    private final String what;
    private final Runnable callback;

    /** Its entry among the started timers, and its period in nanoseconds. */
    private Optional<Place> place = Optional.empty();

    private long period;

    Timer(String what, Runnable callback) {
      this.what = what;
      this.callback = callback;
    }

    @Override
    public void startOnce(Duration delay) {
      start(this, delay, 0);
    }

    @Override
    public void startPeriodic(Duration every) {
      if (!every.isPositive()) {
        throw new IllegalArgumentException("timer: expected a period above 0, found " + every);
      }
      boolean everTwice = clock.after(every) != MachineClock.NEVER;
      start(this, every, everTwice ? every.toNanos() : 0);
    }

    @Override
    public void cancel() {
      lock.lock();
      try {
        forget(this);
      } finally {
        lock.unlock();
      }
    }
  }

  private void start(Timer timer, Duration delay, long period) {
    lock.lock();
    try {
      forget(timer);
      timer.period = period;
      if (!ended) {
        enter(timer, clock.after(delay));
        wakeThread();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void forget(Timer timer) {
    timer.place.ifPresent(started::remove);
    timer.place = Optional.empty();
  }

  @GuardedBy("lock")
  private void enter(Timer timer, long deadline) {
    Place place = new Place(deadline, ++starts);
    timer.place = Optional.of(place);
    started.put(place, timer);
  }

  /** Wakes the thread, which counts as running at once: no time passes until it sees the timer. */
  @GuardedBy("lock")
  private void wakeThread() {
    if (thread.getState() == Thread.State.NEW) {
      clock.beginTimers(thread);
      thread.start();
    } else if (waiter != null) {
      waiter.wake();
    }
  }

  private void run() {
    clock.awaitTurn();
    try {
      for (Optional<Timer> due = awaitDue(); due.isPresent(); due = awaitDue()) {
        running = due.get();
        due.get().callback.run();
        running = null;
      }
    } finally {
      clock.finishTimers(thread);
    }
  }

  /** Waits for the next timer to expire; returns empty when the machine ends. */
  private Optional<Timer> awaitDue() {
    lock.lock();
    try {
      while (!ended) {
        Map.Entry<Place, Timer> next = started.firstEntry();
        long deadline = next == null ? MachineClock.NEVER : next.getKey().deadline();
        if (deadline <= clock.nanos()) {
          return Optional.of(takeFirst(deadline));
        }
        sleepUntil(deadline);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Timer takeFirst(long deadline) {
    Timer due = started.firstEntry().getValue();
    forget(due);
    if (due.period > 0) {
      long late = clock.nanos() - deadline;
      enter(due, deadline + (late / due.period + 1) * due.period);
    }
    return due;
  }

  @GuardedBy("lock")
  private void sleepUntil(long deadline) {
    Waiter own = new Waiter(clock, need);
    waiter = own;
    lock.unlock();
    try {
      sleeper.sleep(own, deadline, Urgency.FATAL, "a timer");
    } finally {
      lock.lock();
      waiter = null;
    }
  }

  /**
   * Cancels all timers permanently, and waits until a running callback has returned. Must be called
   * again if it is interrupted.
   */
  public void end() throws InterruptedException {
    lock.lock();
    try {
      ended = true;
      started.clear();
      if (thread.getState() == Thread.State.NEW) {
        return;
      }
      wakeThread();
    } finally {
      lock.unlock();
    }
    thread.join();
  }
}
