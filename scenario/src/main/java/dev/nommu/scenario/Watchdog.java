package dev.nommu.scenario;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that created it if a step takes longer than a limit, after at most twice
 * that limit: the step waits for an event that will never happen. Must be used by that thread.
 */
final class Watchdog implements AutoCloseable {
  private final Thread runner = Thread.currentThread();
  private final Executor later;
  private boolean watching = true;
  private boolean inStep;
  private boolean barked;
  private int step;

  Watchdog(Duration limit) {
    this.later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
    later.execute(() -> look(step));
  }

  /** Interrupts the thread if it is still in the step seen before. */
  private synchronized void look(int seen) {
    if (watching && inStep && step == seen) {
      barked = true;
      runner.interrupt();
    } else if (watching) {
      int now = step;
      later.execute(() -> look(now));
    }
  }

  synchronized void begin() {
    step++;
    inStep = true;
  }

  /** Returns whether the step took too long, and clears the interrupt. */
  synchronized boolean end() {
    inStep = false;
    return barked && Thread.interrupted();
  }

  @Override
  public synchronized void close() {
    watching = false;
  }
}
