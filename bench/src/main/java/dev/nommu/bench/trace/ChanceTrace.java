package dev.nommu.bench.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates random traces, the same for the same seed. */
public final class ChanceTrace {
  private static final int ORDERS = 8;

  private ChanceTrace() {}

  /**
   * Returns a trace that keeps about the given number of pages in use: small blocks more often than
   * large ones, some trimmed at once as {@code mmap} does, freed in random order.
   *
   * @param steps the number of allocations
   * @param pages the maximum number of pages in use
   */
  public static List<Step> of(long seed, int steps, int pages) {
    Random random = new Random(seed);
    List<Step> trace = new ArrayList<>();
    List<Step.Free> alive = new ArrayList<>();
    int used = 0;
    for (int block = 0; block < steps; block++) {
      int order = random.nextInt(random.nextInt(1, ORDERS + 1));
      int kept = (1 << order) - random.nextInt((1 << order) / 2 + 1);
      trace.add(new Step.Allocate(order));
      if (kept < 1 << order) {
        trace.add(new Step.Free(block, kept, (1 << order) - kept));
      }
      alive.add(new Step.Free(block, 0, kept));
      used += kept;
      while (used > pages) {
        Step.Free freed = alive.remove(random.nextInt(alive.size()));
        trace.add(freed);
        used -= freed.pages();
      }
    }
    trace.addAll(alive);
    return List.copyOf(trace);
  }
}
