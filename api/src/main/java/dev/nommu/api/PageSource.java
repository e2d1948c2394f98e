package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * RAM for a plugin whose files or devices live in memory. Each plugin instance has its own source,
 * and its direct mappings may only lie in pages from it. The source ends with its mount or failed
 * probe: then all its pages are taken back, and each call fails (EIO, or {@link
 * IllegalStateException}) and names the plugin. May be called concurrently.
 *
 * @since 0.1.0
 */
public interface PageSource {
  /** Returns the maximum length of a run in pages (2 to the MAX_PAGE_ORDER). */
  long maximumRun();

  /**
   * Returns the address of a physically contiguous run of zeroed pages; the excess of a power of
   * two is freed at once (rule TRUNC-03).
   *
   * @param pages 1 to {@link #maximumRun}
   * @throws ErrnoException ENOMEM if no such run is free
   */
  long allocateRun(long pages) throws ErrnoException;

  /**
   * Returns the address of one zeroed page. Pages allocated one by one are generally not adjacent
   * (rule MEMF-11).
   *
   * @throws ErrnoException ENOMEM
   */
  long allocatePage() throws ErrnoException;

  /**
   * Frees pages, singly or together, in any order.
   *
   * @param address the address of the first page
   * @param pages 1 or more, all of them allocated from this source and not yet freed
   */
  void free(long address, long pages);

  /**
   * Returns the memory of pages of this source.
   *
   * @param address anywhere in the pages
   * @param length bytes
   */
  MemorySegment memory(long address, long length);
}
