package dev.nommu.kernel.pages;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PageFrames;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.MemorySegment;

/**
 * The pages of RAM owned by one plugin. Detects pages freed twice or never owned, mappings outside
 * the pages, and requests after all pages were reclaimed (rule PLUGIN-01). One bit per page of RAM.
 * Thread-safe.
 */
public final class OwnedPages implements PageSource, Territory.Part {
  private final String owner;
  private final PhysicalMemory memory;
  private final PageAllocator allocator;
  private final PageOwners owners;

  private final PageFrames frames;

  /** The owned pages. Changed under the monitor. */
  private final PageSet owned;

  /** Pages that were freed and are still mapped. */
  @GuardedBy("this")
  private final HeldPages held = new HeldPages();

  @GuardedBy("this")
  private long pages;

  /** Whether all pages were reclaimed: the mount or the probe they were for is over. */
  @GuardedBy("this")
  private boolean ended;

  OwnedPages(String owner, PhysicalMemory memory, PageAllocator allocator, PageOwners owners) {
    this.owner = owner;
    this.memory = memory;
    this.allocator = allocator;
    this.owners = owners;
    this.frames = memory.frames();
    this.owned = new PageSet(frames.count());
  }

  /** Returns the class named in errors. */
  public String owner() {
    return owner;
  }

  /** Returns the number of pages owned, and of freed ones that mappings still show. */
  public synchronized long pages() {
    return pages + held.size();
  }

  @Override
  public long maximumRun() {
    return 1L << allocator.maximumOrder();
  }

  /**
   * {@inheritDoc}
   *
   * @throws ErrnoException EIO if all pages were reclaimed
   */
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

  private long own(long address, long count) throws ErrnoException {
    if (owners.isRetired()) {
      allocator.free(address, count);
      throw new ErrnoException(
          Errno.ENOMEM, owner + ": allocation of pages while the machine is being closed");
    }
    memory.ramAt(address, count << Page.SHIFT).fill((byte) 0);
    if (!add(address, count)) {
      allocator.free(address, count);
      throw ErrnoException.byRule(
          "PLUGIN-01",
          Errno.EIO,
          "plugin %s: allocation of %d pages after its mount or probe had ended"
              .formatted(owner, count));
    }
    owners.sanitizer().allocated(owner, address, count);
    return address;
  }

  private synchronized boolean add(long address, long count) {
    if (!ended) {
      int first = frames.frameOf(address);
      owned.add(first, first + (int) count);
      pages += count;
      owners.add(this);
    }
    return !ended;
  }

  @Override
  public synchronized void free(long address, long count) {
    boolean possible = count >= 1 && count <= pages && Page.isAligned(address);
    if (!possible || !owns(address, count << Page.SHIFT)) {
      owners.sanitizer().freeRefused(owner, address, count);
      throw new IllegalStateException(
          "plugin %s: free of %d pages at 0x%x: it does not own all of them [PLUGIN-01]"
              .formatted(owner, count, address));
    }
    int first = frames.frameOf(address);
    giveBack(first, first + (int) count, owners.sanitizer());
  }

  /** Frees pages, a run at a time, except those that are held. */
  @GuardedBy("this")
  private void giveBack(int from, int to, Sanitizer told) {
    owned.remove(from, to);
    pages -= to - from;
    int first = from;
    for (int page = held.firstHeld(from); page < to; page = held.firstHeld(page + 1)) {
      giveAway(first, page, told);
      held.take(page);
      first = page + 1;
    }
    giveAway(first, to, told);
    leaveIfEmpty();
  }

  private void giveAway(int from, int to, Sanitizer told) {
    if (from < to) {
      told.freed(owner, frames.addressOf(from), to - from);
      toAllocator(from, to);
    }
  }

  private void toAllocator(int from, int to) {
    if (from < to) {
      allocator.free(frames.addressOf(from), to - from);
    }
  }

  @Override
  public Territory.Hold hold(AddressRange range) {
    HeldPages.Span span =
        new HeldPages.Span(frames.frameOf(range.start()), frames.frameOf(range.end() - 1) + 1);
    synchronized (this) {
      held.hold(span);
    }
    return () -> release(span);
  }

  private synchronized void release(HeldPages.Span span) {
    held.release(span).forEach(page -> toAllocator(page, page + 1));
    leaveIfEmpty();
  }

  private void leaveIfEmpty() {
    if (pages() == 0) {
      owners.remove(this);
    }
  }

  @Override
  public boolean owns(long address, long length) {
    return length > 0
        && memory.ram().contains(address, length)
        && owned.containsAll(frames.frameOf(address), frames.frameOf(address + length - 1) + 1);
  }

  @Override
  public MemorySegment memory(long address, long length) {
    if (!owns(address, length)) {
      throw new IllegalStateException(
          "plugin %s: %d bytes at 0x%x: not in pages that it owns [PLUGIN-01]"
              .formatted(owner, length, address));
    }
    return memory.ramAt(address, length);
  }

  /** Reports to the sanitizer the pages that the owner should have freed. */
  public synchronized void tellLeft() {
    for (int page = pages == 0 ? PageSet.NONE : owned.next(0); page != PageSet.NONE; ) {
      int end = owned.endOfRun(page);
      owners.sanitizer().left(owner, frames.addressOf(page), end - page);
      page = owned.next(end);
    }
  }

  /**
   * Reclaims all pages of the owner, and rejects further requests; returns the number of pages. The
   * sanitizer is not notified: the owner did not free them.
   */
  public synchronized long freeAll() {
    ended = true;
    long given = pages;
    int page = owned.next(0);
    while (page != PageSet.NONE) {
      int end = owned.endOfRun(page);
      giveBack(page, end, Sanitizer.OFF);
      page = owned.next(end);
    }
    return given;
  }
}
