package dev.nommu.bench.trace;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.FreeBlock;
import dev.nommu.kernel.memory.PageAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A page allocator that records the calls and delegates them to another allocator. */
public final class Recorder implements PageAllocator {
  private final PageAllocator allocator;
  private final List<Step> steps = new ArrayList<>();
  private final List<Long> firstPages = new ArrayList<>();

  /** The last block allocated at a page, by page number. */
  private final Map<Long, Integer> blocks = new HashMap<>();

  /** Creates a recorder with no steps, which delegates to an allocator. */
  public Recorder(PageAllocator allocator) {
    this.allocator = allocator;
  }

  /** Returns the successful calls so far. */
  public synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  public synchronized long allocate(int order) throws ErrnoException {
    long address = allocator.allocate(order);
    steps.add(new Step.Allocate(order));
    long first = address >>> Page.SHIFT;
    for (long page = first; page < first + (1L << order); page++) {
      blocks.put(page, firstPages.size());
    }
    firstPages.add(first);
    return address;
  }

  @Override
  public synchronized void free(long address, long pages) {
    allocator.free(address, pages);
    long end = (address >>> Page.SHIFT) + pages;
    for (long page = address >>> Page.SHIFT; page < end; ) {
      page = recordFree(page, end);
    }
  }

  /** Records the part of a range that lies in one block; returns the start of the rest. */
  private long recordFree(long from, long end) {
    int block = Objects.requireNonNull(blocks.get(from), "not allocated here");
    long stop = from + 1;
    while (stop < end && Integer.valueOf(block).equals(blocks.get(stop))) {
      stop++;
    }
    steps.add(new Step.Free(block, (int) (from - firstPages.get(block)), (int) (stop - from)));
    return stop;
  }

  @Override
  public int maximumOrder() {
    return allocator.maximumOrder();
  }

  @Override
  public long totalPages() {
    return allocator.totalPages();
  }

  @Override
  public long freePages() {
    return allocator.freePages();
  }

  @Override
  public List<Integer> freeBlocks() {
    return allocator.freeBlocks();
  }

  @Override
  public List<FreeBlock> layout() {
    return allocator.layout();
  }

  @Override
  public List<String> check() {
    return allocator.check();
  }
}
