package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * RAM for a plugin whose files or devices live in memory. Each plugin instance has a source of its
 * own, and a direct mapping may only lie in pages that came from it. It ends with the mount it was
 * for, or the probe that failed: then all its pages are taken back, and each call fails (EIO, or
 * {@link IllegalStateException}) and names the plugin. May be called concurrently.
 *
 * @since 0.1.0
 */
public interface PageSource {
  /** Returns how many pages the longest run can have (2 to the MAX_PAGE_ORDER). */
  long maximumRun();

  /**
   * Returns the address of a physically contiguous run of zeroed pages; what a power of two has
   * more than this is given back at once (rule TRUNC-03).
   *
   * @param pages 1 to {@link #maximumRun}
   * @throws ErrnoException ENOMEM if there is no such run
   */
  long allocateRun(long pages) throws ErrnoException;

  /**
   * Returns the address of one zeroed page. Pages that are allocated one by one are in general not
   * adjacent (rule MEMF-11).
   *
   * @throws ErrnoException ENOMEM
   */
  long allocatePage() throws ErrnoException;

  /**
   * Gives pages back, singly or together, in any order.
   *
   * @param address the address of the first page
   * @param pages 1 or more; all of them came from this source and were not given back yet
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
