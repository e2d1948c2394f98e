package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The buddy allocator (rules TRIM-01, TRIM-06, TRIM-07): free memory consists of blocks of 2^order
 * pages, each aligned to its size, and a freed block merges with its free buddy. Large blocks are
 * taken from the bottom of the memory and small ones from its top, so that small ones do not
 * fragment the space for large ones. The same calls return the same addresses in every run. One bit
 * per block; every operation is O(log n) in the number of pages. Thread-safe.
 */
public final class BuddyAllocator implements PageAllocator {
  /** The order of the largest block on Linux 6.12: 4 MiB. */
  public static final int MAX_PAGE_ORDER = 10;

  /** The order of the largest block that comes from the top of the memory. */
  private static final int LARGEST_SMALL_ORDER = 3;

  private final Ram ram;
  private final PageFrames frames;
  private final FreeBlocks[] free;
  private long freePages;
  private final long totalPages;

  /**
   * Creates an allocator in which all pages except the reserved ones are free.
   *
   * @param ram the RAM; a block never spans two of its banks
   * @param reserved ranges that are never allocated; anything outside the RAM is ignored
   * @param maximumOrder 0 to 20
   */
  public BuddyAllocator(Ram ram, List<AddressRange> reserved, int maximumOrder) {
    this.ram = ram;
    this.frames = new PageFrames(ram, maximumOrder);
    this.free = new FreeBlocks[maximumOrder + 1];
    Arrays.setAll(free, order -> new FreeBlocks((frames.count() >>> order) + 1));
    for (AddressRange bank : ram.banks()) {
      release(bank, reserved);
    }
    this.totalPages = freePages;
  }

  private void release(AddressRange bank, List<AddressRange> reserved) {
    long next = bank.start();
    for (AddressRange hole : sortedWithin(bank, reserved)) {
      release(next, hole.start() & -Page.SIZE);
      next = Math.max(next, Page.align(hole.end()));
    }
    release(next, bank.end());
  }

  private static List<AddressRange> sortedWithin(AddressRange bank, List<AddressRange> reserved) {
    return reserved.stream()
        .filter(bank::overlaps)
        .sorted((a, b) -> Long.compare(a.start(), b.start()))
        .toList();
  }

  private void release(long start, long end) {
    if (start < end) {
      int first = frames.frameOf(start);
      freeRange(first, first + (int) ((end - start) >>> Page.SHIFT));
    }
  }

  @Override
  public int maximumOrder() {
    return free.length - 1;
  }

  @Override
  public synchronized long allocate(int order) throws ErrnoException {
    for (int from = order; from < free.length; from++) {
      if (free[from].size() > 0) {
        freePages -= 1L << order;
        int block = order <= LARGEST_SMALL_ORDER ? takeHigh(from, order) : takeLow(from, order);
        return frames.addressOf(block << order);
      }
    }
    throw new ErrnoException(
        Errno.ENOMEM,
        "order %d: %d KiB in one piece; %d KiB free in %d pieces, by order %s"
            .formatted(
                order,
                kib(1L << order),
                kib(freePages),
                freeBlocks().stream().mapToInt(Integer::intValue).sum(),
                freeBlocks()));
  }

  private static long kib(long pages) {
    return pages * (Page.SIZE / 1024);
  }

  /** Halves a block until it has the requested order, keeping the low half each time. */
  private int takeLow(int from, int order) {
    int low = free[from].first();
    free[from].remove(low);
    for (int at = from; at > order; at--) {
      low <<= 1;
      free[at - 1].add(low + 1);
    }
    return low;
  }

  /** Halves a block until it has the requested order, keeping the high half each time. */
  private int takeHigh(int from, int order) {
    int high = free[from].last();
    free[from].remove(high);
    for (int at = from; at > order; at--) {
      high = (high << 1) + 1;
      free[at - 1].add(high - 1);
    }
    return high;
  }

  @Override
  public synchronized void free(long address, long count) {
    boolean pages = Page.isAligned(address) && count >= 1 && count <= frames.count();
    if (!pages || !ram.contains(address, count << Page.SHIFT)) {
      throw new IllegalStateException(
          "free of %d pages at 0x%x: not pages of RAM".formatted(count, address));
    }
    int from = frames.frameOf(address);
    int to = from + (int) count;
    requireAllocated(from, to);
    freeRange(from, to);
  }

  private void requireAllocated(int from, int to) {
    for (int order = 0; order < free.length; order++) {
      int block = free[order].next(from >>> order);
      if (block != FreeBlocks.NONE && (long) block << order < to) {
        throw new IllegalStateException(
            "free of %d pages at 0x%x: page at 0x%x is already free"
                .formatted(
                    to - from,
                    frames.addressOf(from),
                    frames.addressOf(Math.max(from, block << order))));
      }
    }
  }

  private void freeRange(int from, int to) {
    for (int page = from; page < to; ) {
      int order = Math.min(Integer.numberOfTrailingZeros(page), free.length - 1);
      while (page + (1 << order) > to) {
        order--;
      }
      freeBlock(page >>> order, order);
      page += 1 << order;
    }
    freePages += to - from;
  }

  private void freeBlock(int block, int order) {
    int merged = block;
    int at = order;
    while (at < free.length - 1 && free[at].contains(merged ^ 1)) {
      free[at].remove(merged ^ 1);
      merged >>>= 1;
      at++;
    }
    free[at].add(merged);
  }

  @Override
  public long totalPages() {
    return totalPages;
  }

  @Override
  public synchronized long freePages() {
    return freePages;
  }

  @Override
  public synchronized List<Integer> freeBlocks() {
    return Arrays.stream(free).map(FreeBlocks::size).toList();
  }

  @Override
  public synchronized List<FreeBlock> layout() {
    List<FreeBlock> blocks = new ArrayList<>();
    for (int order = 0; order < free.length; order++) {
      for (int block = free[order].first();
          block != FreeBlocks.NONE;
          block = free[order].next(block + 1)) {
        blocks.add(new FreeBlock(frames.addressOf(block << order), order));
      }
    }
    blocks.sort(Comparator.comparingLong(FreeBlock::address));
    return blocks;
  }

  @Override
  public synchronized List<String> check() {
    return check(free, freePages);
  }

  /** Returns the errors in free blocks, by order, and in the number of their pages. */
  static List<String> check(FreeBlocks[] free, long freePages) {
    List<String> wrong = new ArrayList<>();
    long counted = 0;
    for (int order = 0; order < free.length; order++) {
      counted += (long) free[order].size() << order;
      checkOrder(free, order, wrong);
    }
    if (counted != freePages) {
      wrong.add("allocator: %d pages in free blocks, %d counted".formatted(counted, freePages));
    }
    return wrong;
  }

  private static void checkOrder(FreeBlocks[] free, int order, List<String> wrong) {
    for (int block = free[order].first();
        block != FreeBlocks.NONE;
        block = free[order].next(block + 1)) {
      if (order < free.length - 1 && free[order].contains(block ^ 1)) {
        wrong.add("allocator: free buddies of order " + order + " not merged at block " + block);
      }
      for (int above = order + 1; above < free.length; above++) {
        if (free[above].contains(block >>> (above - order))) {
          wrong.add("allocator: block " + block + " of order " + order + " is free twice");
        }
      }
    }
  }
}
