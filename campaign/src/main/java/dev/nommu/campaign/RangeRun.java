package dev.nommu.campaign;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs ranges of a campaign for another process, on its own threads. To be used by one thread. */
public final class RangeRun implements AutoCloseable {
  private static final int MOST_WANTED = 1000;
  private static final int WEIGHT = 8;

  private final Assigned assigned = new Assigned();
  private final int threads;
  private final Workers workers;
  private volatile boolean stopped;

  /**
   * Prepares it.
   *
   * @param plugins the plugins of the plan
   * @param threads the number of ranges run at once, 1 or more
   * @throws IllegalArgumentException if a plugin is missing, or there is no thread
   */
  public RangeRun(Plan plan, List<TestedPlugin> plugins, int threads) {
    this.threads = threads;
    if (threads < 1) {
      throw new IllegalArgumentException("expected a thread or more, found %d".formatted(threads));
    }
    Trials trials = new Trials(plan, plugins);
    this.workers =
        new Workers(threads, () -> Worker.start("", plan, trials, assigned, () -> stopped));
  }

  /** Runs these ranges in order, each once, and drops others that have not started. */
  public void run(List<Lease> leases) {
    assigned.assign(leases);
    workers.employ();
  }

  /** Returns the ranges that have not started. */
  public List<Lease> waiting() {
    return assigned.waiting();
  }

  /** Returns the running ranges, with the current seed of each. */
  public Map<Lease, Long> seeds() {
    return assigned.seeds();
  }

  /**
   * Returns how many ranges it needs to stay busy for a while, given how long recent ones took.
   *
   * @param time a few seconds
   */
  public int wanted(Duration time) {
    return assigned.wanted(threads, time);
  }

  /** Returns the results of ranges finished since the last call. */
  public Map<Lease, String> results() {
    return assigned.takeResults();
  }

  /** Stops its threads, each after its current seed. */
  @Override
  public void close() {
    stopped = true;
  }

  /** The ranges requested by the other process, and their progress. Thread-safe. */
  private static final class Assigned implements Leases {
    private final Set<Lease> all = new LinkedHashSet<>();
    private final Map<Lease, Long> begun = new HashMap<>();
    private final Map<Lease, Long> seeds = new HashMap<>();
    private final Map<Lease, String> results = new HashMap<>();
    private long lately;

    synchronized void assign(List<Lease> leases) {
      all.clear();
      all.addAll(leases);
      begun.keySet().retainAll(all);
      seeds.keySet().retainAll(all);
    }

    synchronized List<Lease> waiting() {
      return all.stream().filter(lease -> !begun.containsKey(lease)).toList();
    }

    synchronized Map<Lease, Long> seeds() {
      return Map.copyOf(seeds);
    }

    synchronized Map<Lease, String> takeResults() {
      Map<Lease, String> taken = Map.copyOf(results);
      results.clear();
      return taken;
    }

    @Override
    public synchronized Optional<Lease> lease(String holder) {
      Optional<Lease> next = waiting().stream().findFirst();
      next.ifPresent(lease -> begun.put(lease, System.nanoTime()));
      return next;
    }

    @Override
    public synchronized boolean renew(Lease lease, long seed) {
      if (!isHeld(lease)) {
        return false;
      }
      seeds.put(lease, seed);
      return true;
    }

    @Override
    public synchronized boolean isHeld(Lease lease) {
      return begun.containsKey(lease);
    }

    @Override
    public synchronized void giveBack(Lease lease) {
      begun.remove(lease);
      seeds.remove(lease);
    }

    @Override
    public synchronized void complete(Lease lease, Harvest result) {
      seeds.remove(lease);
      results.put(lease, StateText.write(result));
      Optional.ofNullable(begun.get(lease)).ifPresent(since -> took(System.nanoTime() - since));
    }

    private void took(long nanos) {
      lately = lately == 0 ? nanos : (lately * (WEIGHT - 1) + nanos) / WEIGHT;
    }

    synchronized int wanted(int threads, Duration time) {
      long each = lately == 0 ? time.toNanos() : Math.max(lately, 1);
      return (int) Math.min(threads + threads * time.toNanos() / each, MOST_WANTED);
    }
  }
}
