package dev.nommu.kernel.memory;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages of RAM that one plugin has. Knows which they are, so that a page given back twice or
 * never had, or a mapping outside of them, is found out. One object a run of pages. Thread-safe.
 */
public final class OwnedPages implements PageSource, Territory.Part {
  private final String owner;
  private final PhysicalMemory memory;
  private final PageAllocator allocator;

  /** End addresses by start address; runs neither overlap nor touch. Guarded by this. */
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  private long pages;

  /**
   * Creates a source that has no pages yet.
   *
   * @param owner who is blamed for a wrong call
   */
  public OwnedPages(String owner, PhysicalMemory memory, PageAllocator allocator) {
    this.owner = owner;
    this.memory = memory;
    this.allocator = allocator;
  }

  /** Returns how many pages the owner has. */
  public synchronized long pages() {
    return pages;
  }

  @Override
  public long maximumRun() {
    return 1L << allocator.maximumOrder();
  }

  @Override
  public long allocateRun(long count) throws ErrnoException {
    if (count < 1 || count > maximumRun()) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "%s: a run of %d pages: expected 1 to %d".formatted(owner, count, maximumRun()));
    }
    int order = 64 - Long.numberOfLeadingZeros(count - 1);
    long address = allocator.allocate(order);
    if (1L << order > count) {
      allocator.free(address + (count << Page.SHIFT), (1L << order) - count);
    }
    return own(address, count);
  }

  @Override
  public long allocatePage() throws ErrnoException {
    return own(allocator.allocate(0), 1);
  }

  private long own(long address, long count) {
    memory.ramAt(address, count << Page.SHIFT).fill((byte) 0);
    synchronized (this) {
      addRun(address, address + (count << Page.SHIFT));
      pages += count;
    }
    return address;
  }

  private void addRun(long start, long end) {
    Map.Entry<Long, Long> below = runs.floorEntry(start);
    long from = below != null && below.getValue() == start ? below.getKey() : start;
    Long above = runs.remove(end);
    runs.put(from, above == null ? end : above);
  }

  @Override
  public void free(long address, long count) {
    synchronized (this) {
      boolean possible = count >= 1 && count <= pages && Page.isAligned(address);
      if (!possible || !owns(address, count << Page.SHIFT)) {
        throw new IllegalStateException(
            "%s: free of %d pages at 0x%x: not all of them are its own"
                .formatted(owner, count, address));
      }
      removeRun(address, address + (count << Page.SHIFT));
      pages -= count;
    }
    allocator.free(address, count);
  }

  private void removeRun(long start, long end) {
    Map.Entry<Long, Long> run = runs.floorEntry(start);
    long runEnd = run.getValue();
    if (run.getKey() < start) {
      runs.put(run.getKey(), start);
    } else {
      runs.remove(start);
    }
    if (end < runEnd) {
      runs.put(end, runEnd);
    }
  }

  @Override
  public synchronized boolean owns(long address, long length) {
    Map.Entry<Long, Long> run = runs.floorEntry(address);
    return run != null && length >= 0 && length <= run.getValue() - address;
  }

  @Override
  public MemorySegment memory(long address, long length) {
    if (!owns(address, length)) {
      throw new IllegalStateException(
          "%s: %d bytes at 0x%x: not in its pages".formatted(owner, length, address));
    }
    return memory.ramAt(address, length);
  }

  /** Gives everything back that the owner still has; returns how many pages that were. */
  public long freeAll() {
    Map<Long, Long> left;
    synchronized (this) {
      left = Map.copyOf(runs);
      runs.clear();
      pages = 0;
    }
    left.forEach((start, end) -> allocator.free(start, (end - start) >>> Page.SHIFT));
    return left.entrySet().stream()
        .mapToLong(run -> (run.getValue() - run.getKey()) >>> Page.SHIFT)
        .sum();
  }
}
