package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.sysctl.Sysctl;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pages of private copies and anonymous mappings: allocates them in one piece, trims the excess
 * (section TRIM) and counts them (rule TRIM-05). Thread-safe.
 */
public final class MappedPages {
  /** By default all excess is trimmed (CONFIG_NOMMU_INITIAL_TRIM_EXCESS). */
  private static final int INITIAL_TRIM_EXCESS = 1;

  private final PageAllocator allocator;
  private final AtomicLong pages = new AtomicLong();
  private final Sysctl nrTrimPages =
      new Sysctl("vm.nr_trim_pages", 0, Integer.MAX_VALUE, INITIAL_TRIM_EXCESS);

  /** Creates an account with no pages in use. */
  public MappedPages(PageAllocator allocator) {
    this.allocator = allocator;
  }

  /** A block of memory that is freed when it is closed, unless a region took it. */
  final class Block implements AutoCloseable {
    private final long start;
    private final long top;
    private boolean kept;

    private Block(long start, long top) {
      this.start = start;
      this.top = top;
    }

    /** Returns its first address. */
    long start() {
      return start;
    }

    /** Returns the address after its last page, slack included. */
    long top() {
      return top;
    }

    /** Transfers the memory to a region. */
    void keep() {
      kept = true;
    }

    @Override
    public void close() {
      if (!kept) {
        free(start, top);
      }
    }
  }

  /** Returns the number of pages in use, slack included: MmapCopy of /proc/meminfo. */
  public long pages() {
    return pages.get();
  }

  /** Returns the setting: 0 never trims, n trims an excess of n pages or more (rule TRIM-03). */
  public Sysctl nrTrimPages() {
    return nrTrimPages;
  }

  /**
   * Allocates pages in one piece.
   *
   * @param wanted pages, 1 or more, unsigned
   * @throws ErrnoException ENOMEM if blocks cannot be that large or none is free
   */
  Block allocate(long wanted) throws ErrnoException {
    int order = 64 - Long.numberOfLeadingZeros(wanted - 1);
    if (order > allocator.maximumOrder()) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "order %d: %d KiB in one piece; the largest block has %d KiB, order %d"
              .formatted(
                  order,
                  kib(wanted),
                  kib(1L << allocator.maximumOrder()),
                  allocator.maximumOrder()));
    }
    long start = allocator.allocate(order);
    long kept = trim(start, wanted, 1L << order);
    pages.addAndGet(kept);
    return new Block(start, start + (kept << Page.SHIFT));
  }

  private static long kib(long count) {
    return count * (Page.SIZE / 1024);
  }

  private long trim(long start, long wanted, long block) {
    long excess = block - wanted;
    long watermark = nrTrimPages.value();
    if (excess == 0 || watermark == 0 || excess < watermark) {
      return block;
    }
    allocator.free(start + (wanted << Page.SHIFT), excess);
    return wanted;
  }

  /** Frees the pages from one address to a greater one. */
  void free(long start, long end) {
    long count = (end - start) >>> Page.SHIFT;
    allocator.free(start, count);
    pages.addAndGet(-count);
  }
}
