package dev.nommu.ramfs;

import dev.nommu.api.Page;
import dev.nommu.api.PageSource;

/**
 * The existing pages of a file and their addresses in memory.
 *
 * <p>Stored as a sorted list of the page numbers at which a run of pages consecutive in memory, or
 * a hole, begins. An element is one {@code long}, the page number in its upper 28 bits and the page
 * frame, or "hole", in its lower 36. So a file in one run needs two elements regardless of its
 * size, and a file with scattered pages needs 8 bytes per page. A look-up is a binary search. Not
 * safe for concurrent use.
 */
final class PageRuns {
  /** The most pages of a file: a terabyte less one page. */
  static final long MAX_PAGES = (1L << 28) - 1;

  private static final int FRAME_BITS = 36;
  private static final long HOLE = (1L << FRAME_BITS) - 1;

  private final GapBuffer starts = new GapBuffer();
  private long existing;

  /** Returns the number of existing pages. */
  long pages() {
    return existing;
  }

  /** Returns the heap size of the table in bytes. */
  long tableBytes() {
    return (long) starts.capacity() * Long.BYTES;
  }

  /**
   * Returns the extent that begins at a page.
   *
   * @param page 0 or more; from {@link #MAX_PAGES} on there is a hole
   * @param limit the maximum length of the extent in pages, 1 or more
   */
  Extent at(long page, long limit) {
    int index = floor(page);
    long end = index + 1 < starts.size() ? pageAt(index + 1) : Long.MAX_VALUE;
    long pages = Math.min(limit, end - page);
    long frame = frameOf(index, page);
    return frame == HOLE ? new Extent.Hole(pages) : new Extent.Present(frame << Page.SHIFT, pages);
  }

  /**
   * Fills a hole with pages.
   *
   * @param page the number of the first page, from 0
   * @param address its physical address, below 2^48
   * @param pages the number of pages, 1 or more; all in the hole
   */
  void put(long page, long address, long pages) {
    long frame = address >>> Page.SHIFT;
    if (frame >= HOLE) {
      throw new IllegalArgumentException("page at 0x%x: not below 2^48".formatted(address));
    }
    begin(page + pages, HOLE);
    begin(page, frame);
    join(page + pages);
    join(page);
    existing += pages;
  }

  /** Frees all pages from this one on. */
  void cut(long page, PageSource source) {
    long end = Long.MAX_VALUE;
    for (int last = starts.size() - 1; last >= 0 && end > page; last--) {
      long start = pageAt(last);
      giveBack(last, Math.max(start, page), end, source);
      if (start >= page) {
        starts.remove(last);
      }
      end = start;
    }
    if (frameOf(starts.size() - 1, page) != HOLE) {
      begin(page, HOLE);
    }
    starts.trim();
  }

  private void giveBack(int index, long first, long end, PageSource source) {
    long frame = frameOf(index, first);
    if (frame != HOLE) {
      source.free(frame << Page.SHIFT, end - first);
      existing -= end - first;
    }
  }

  /** Splits the run at a page, unless an element already begins there. */
  private void begin(long page, long frame) {
    int index = floor(page);
    if (index < 0 || pageAt(index) < page) {
      starts.insert(index + 1, page << FRAME_BITS | frame);
    } else if (frame != HOLE) {
      starts.set(index, page << FRAME_BITS | frame);
    }
  }

  /** Removes the element that begins at a page if it only continues the previous one. */
  private void join(long page) {
    int index = floor(page);
    if (frameOf(index, page) == frameOf(index - 1, page)) {
      starts.remove(index);
    }
  }

  /** Returns the index of the last element that begins at or before a page, or -1. */
  private int floor(long page) {
    int low = 0;
    int high = starts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pageAt(middle) <= page) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private long pageAt(int index) {
    return starts.get(index) >>> FRAME_BITS;
  }

  /** Returns the frame a page would have if the element at an index reached that far. */
  private long frameOf(int index, long page) {
    long frame = index < 0 ? HOLE : starts.get(index) & HOLE;
    return frame == HOLE ? HOLE : frame + page - pageAt(index);
  }
}
