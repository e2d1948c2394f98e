package dev.nommu.bench.trace;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.PageAllocator;
import java.util.List;

/** Replays a trace on an allocator. */
public final class Replay {
  private static final long REFUSED = -1;

  private final PageAllocator allocator;
  private final long[] addresses;
  private int blocks;

  private Replay(PageAllocator allocator, int steps) {
    this.allocator = allocator;
    this.addresses = new long[steps];
  }

  /** Replays all steps; blocks whose allocation failed are not freed. */
  public static void run(List<Step> trace, PageAllocator allocator) {
    Replay replay = new Replay(allocator, trace.size());
    for (Step step : trace) {
      replay.carryOut(step);
    }
  }

  /**
   * Returns how usable the free memory was: the share of the free pages that lies in blocks of at
   * least a given order, averaged over all orders and steps. 1 if the free memory was always in one
   * piece.
   */
  public static double usability(List<Step> trace, PageAllocator allocator) {
    Replay replay = new Replay(allocator, trace.size());
    double sum = 0;
    for (Step step : trace) {
      replay.carryOut(step);
      sum += usable(allocator.freeBlocks());
    }
    return sum / trace.size();
  }

  private static double usable(List<Integer> freeBlocks) {
    double pages = 0;
    double shares = 0;
    for (int order = freeBlocks.size() - 1; order >= 0; order--) {
      pages += (double) freeBlocks.get(order) * (1 << order);
      shares += pages;
    }
    return pages == 0 ? 1 : shares / pages / freeBlocks.size();
  }

  private void carryOut(Step step) {
    switch (step) {
      case Step.Allocate(int order) -> addresses[blocks++] = allocate(order);
      case Step.Free(int block, int first, int pages) -> {
        if (addresses[block] != REFUSED) {
          allocator.free(addresses[block] + ((long) first << Page.SHIFT), pages);
        }
      }
    }
  }

  private long allocate(int order) {
    try {
      return allocator.allocate(order);
    } catch (ErrnoException noMemory) {
      return REFUSED;
    }
  }
}
