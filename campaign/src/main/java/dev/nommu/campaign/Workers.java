package dev.nommu.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The workers of a process: a fixed number, not counting those that hang. To be used by one thread.
 */
final class Workers {
  private static final Duration LONGEST_SEED_AT_END = Duration.ofSeconds(15);

  private final int number;
  private final Supplier<Worker> starter;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * Starts no worker yet.
   *
   * @param number the number of workers
   * @param starter starts a worker
   */
  Workers(int number, Supplier<Worker> starter) {
    this.number = number;
    this.starter = starter;
  }

  /** Starts missing workers; those that hang are left alone. */
  void employ() {
    workers.removeIf(worker -> !worker.isAtWork());
    while (workers.size() < number) {
      workers.add(starter.get());
    }
  }

  /** Waits for their current seeds, but not indefinitely. */
  void join() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_SEED_AT_END.toNanos();
    for (Worker worker : workers) {
      worker.joinUntil(deadline);
    }
  }
}
