package dev.nommu.kernel.memory;

import dev.nommu.api.ErrnoException;
import java.util.List;

/**
 * Hands out the pages of RAM by physical address. May be called concurrently. Replace it by binding
 * an {@link AllocatorFactory}.
 */
public interface PageAllocator {
  /** Returns the binary logarithm of the pages in the largest block (MAX_PAGE_ORDER). */
  int maximumOrder();

  /**
   * Returns the address of a free block, aligned to its own size (rule TRIM-07). Single pages come
   * from the other end of memory than larger blocks, so that they do not break these up; pages
   * taken one by one are therefore not adjacent in ascending order (rule MEMF-11).
   *
   * @param order the block has 2 to this many pages; 0 to {@link #maximumOrder}
   * @throws ErrnoException ENOMEM if no block of this order is free
   */
  long allocate(int order) throws ErrnoException;

  /**
   * Gives pages back, wherever they came from.
   *
   * @param address the address of the first page
   * @param pages 1 or more, all of them allocated
   * @throws IllegalStateException if a page is not allocated; nothing was given back
   */
  void free(long address, long pages);

  /** Returns how many pages there are. */
  long totalPages();

  /** Returns how many pages are free. */
  long freePages();

  /** Returns how many blocks of each order are free, order 0 first. */
  List<Integer> freeBlocks();

  /** Returns a snapshot of the free blocks by ascending address. */
  List<FreeBlock> layout();

  /**
   * Returns what is wrong with the allocator's own bookkeeping, one sentence each; empty if sound.
   */
  List<String> check();
}
