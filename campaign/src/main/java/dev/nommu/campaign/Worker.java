package dev.nommu.campaign;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A thread that runs ranges in turn. */
final class Worker implements Runnable {
  private final String holder;
  private final Plan plan;
  private final Trials trials;
  private final Leases leases;
  private final BooleanSupplier stopped;
  private final AtomicReference<Optional<Lease>> lease = new AtomicReference<>(Optional.empty());
  private final Thread thread;

  /**
   * Starts a worker.
   *
   * @param stopped whether to start no more seeds
   */
  Worker(String holder, Plan plan, Trials trials, Leases leases, BooleanSupplier stopped) {
    this.holder = holder;
    this.plan = plan;
    this.trials = trials;
    this.leases = leases;
    this.stopped = stopped;
    this.thread = Thread.ofPlatform().daemon().name("nommu-campaign").unstarted(this);
  }

  static Worker start(
      String holder, Plan plan, Trials trials, Leases leases, BooleanSupplier stopped) {
    Worker worker = new Worker(holder, plan, trials, leases, stopped);
    worker.thread.start();
    return worker;
  }

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      Optional<Lease> next = leases.lease(holder);
      lease.set(next);
      if (next.isEmpty() || !isRun(next.get())) {
        return;
      }
    }
  }

  /** Returns whether it was; a range that took too long has been leased again. */
  private boolean isRun(Lease current) {
    Optional<Harvest> result =
        trials.run(
            plan.range(current.range()),
            seed -> !stopped.getAsBoolean() && leases.renew(current, seed));
    lease.set(Optional.empty());
    boolean isHeld = leases.isHeld(current);
    result.ifPresentOrElse(
        harvest -> leases.complete(current, harvest), () -> leases.giveBack(current));
    return isHeld && result.isPresent();
  }

  /** Returns whether it hangs in a range that it no longer holds. */
  boolean isHanging() {
    return thread.isAlive() && lease.get().filter(each -> !leases.isHeld(each)).isPresent();
  }

  /** Returns whether it is running ranges. */
  boolean isAtWork() {
    return thread.isAlive() && !isHanging();
  }

  /** Waits for its current seed, until a time of {@link System#nanoTime}. */
  void joinUntil(long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    if (left > 0) {
      thread.join(Duration.ofNanos(left));
    }
  }
}
