package dev.nommu.bench.trace;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.FreeBlock;
import dev.nommu.kernel.memory.PageAllocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The buddy allocator of Linux ({@code mm/page_alloc.c}), without its per-CPU lists. Each order has
 * a list of free blocks, and the block freed last is allocated first. A block that is too large is
 * split, and its upper half becomes free. A freed block merges with its free buddy; if the pair
 * could merge once more, the block is allocated last. Not thread-safe.
 */
public final class ListBuddy implements PageAllocator {
  private final List<LinkedHashSet<Long>> free = new ArrayList<>();
  private final AddressRange ram;

  /**
   * Creates an allocator whose pages are all free.
   *
   * @param ram the memory, in whole blocks of the largest order
   * @param maximumOrder the largest order
   */
  public ListBuddy(AddressRange ram, int maximumOrder) {
    this.ram = ram;
    for (int order = 0; order <= maximumOrder; order++) {
      free.add(new LinkedHashSet<>());
    }
    for (long at = ram.end() - bytes(maximumOrder); at >= ram.start(); at -= bytes(maximumOrder)) {
      free.get(maximumOrder).add(at);
    }
  }

  private static long bytes(int order) {
    return Page.SIZE << order;
  }

  @Override
  public long allocate(int order) throws ErrnoException {
    int from = order;
    while (from < free.size() && free.get(from).isEmpty()) {
      from++;
    }
    if (from == free.size()) {
      throw new ErrnoException(Errno.ENOMEM, "no block of order " + order);
    }
    long block = free.get(from).removeLast();
    while (from > order) {
      from--;
      free.get(from).addLast(block + bytes(from));
    }
    return block;
  }

  @Override
  public void free(long address, long pages) {
    for (long page = 0; page < pages; page++) {
      freePage(address + (page << Page.SHIFT));
    }
  }

  private void freePage(long address) {
    long block = address;
    int order = 0;
    while (order < maximumOrder() && free.get(order).remove(buddy(block, order))) {
      block = Math.min(block, buddy(block, order));
      order++;
    }
    if (mergesTwice(block, order)) {
      free.get(order).addFirst(block);
    } else {
      free.get(order).addLast(block);
    }
  }

  /**
   * Returns whether the merged pair of a block and its buddy, once both are free, would merge
   * again.
   */
  private boolean mergesTwice(long block, int order) {
    long both = Math.min(block, buddy(block, order));
    return order < maximumOrder() - 1 && free.get(order + 1).contains(buddy(both, order + 1));
  }

  private long buddy(long block, int order) {
    return ram.start() + ((block - ram.start()) ^ bytes(order));
  }

  @Override
  public int maximumOrder() {
    return free.size() - 1;
  }

  @Override
  public long totalPages() {
    return ram.length() >>> Page.SHIFT;
  }

  @Override
  public long freePages() {
    long pages = 0;
    for (int order = 0; order < free.size(); order++) {
      pages += (long) free.get(order).size() << order;
    }
    return pages;
  }

  @Override
  public List<Integer> freeBlocks() {
    return free.stream().map(LinkedHashSet::size).toList();
  }

  @Override
  public List<FreeBlock> layout() {
    return IntStream.range(0, free.size())
        .boxed()
        .flatMap(order -> free.get(order).stream().map(block -> new FreeBlock(block, order)))
        .sorted(Comparator.comparingLong(FreeBlock::address))
        .toList();
  }

  @Override
  public List<String> check() {
    return List.of();
  }
}
