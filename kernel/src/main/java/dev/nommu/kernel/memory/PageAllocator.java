package dev.nommu.kernel.memory;

import dev.nommu.api.ErrnoException;
import java.util.List;

/**
 * Allocates the pages of RAM by physical address. May be called concurrently. Replace it by binding
 * an {@link AllocatorFactory}.
 */
public interface PageAllocator {
  /** Returns the binary logarithm of the pages in the largest block (MAX_PAGE_ORDER). */
  int maximumOrder();

  /**
   * Returns the address of a free block, aligned to its own size (rule TRIM-07). Single pages come
   * from the opposite end of memory to larger blocks, so that they do not fragment them; pages
   * allocated one by one are therefore not adjacent in ascending order (rule MEMF-11).
   *
   * @param order the binary logarithm of the pages of the block; 0 to {@link #maximumOrder}
   * @throws ErrnoException ENOMEM if no block of this order is free
   */
  long allocate(int order) throws ErrnoException;

  /**
   * Frees pages, however they were allocated.
   *
   * @param address the address of the first page
   * @param pages 1 or more, all of them allocated
   * @throws IllegalStateException if a page is not allocated; nothing was freed
   */
  void free(long address, long pages);

  /** Returns the number of all pages. */
  long totalPages();

  /** Returns the number of free pages. */
  long freePages();

  /** Returns the number of free blocks of each order, order 0 first. */
  List<Integer> freeBlocks();

  /** Returns a snapshot of the free blocks by ascending address. */
  List<FreeBlock> layout();

  /**
   * Returns the errors in the allocator's bookkeeping, one sentence each; empty if there are none.
   */
  List<String> check();
}
