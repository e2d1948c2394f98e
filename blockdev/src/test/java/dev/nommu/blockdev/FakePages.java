package dev.nommu.blockdev;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * RAM at 0x80000000. Runs come from its start, first fit; single pages from its end downwards, so
 * that pages allocated in a row are never in a row. Freed pages are filled with junk. Giving back
 * what was not taken fails the test.
 */
final class FakePages implements PageSource {
  static final long BASE = 0x8000_0000L;
  private static final long MAXIMUM_RUN = 1024;

  private final BitSet taken = new BitSet();
  private final int total;
  private final MemorySegment memory;

  FakePages(int total) {
    this.total = total;
    this.memory = Arena.ofAuto().allocate(total * Page.SIZE).fill((byte) 0xa5);
  }

  /** Returns how many pages are out. */
  int inUse() {
    return taken.cardinality();
  }

  @Override
  public long maximumRun() {
    return MAXIMUM_RUN;
  }

  @Override
  public long allocateRun(long pages) throws ErrnoException {
    int start = taken.nextClearBit(0);
    while (start + pages <= total) {
      int next = taken.nextSetBit(start);
      if (next < 0 || next >= start + pages) {
        return take(start, (int) pages);
      }
      start = taken.nextClearBit(next);
    }
    throw new ErrnoException(Errno.ENOMEM, "no run of " + pages + " pages");
  }

  @Override
  public long allocatePage() throws ErrnoException {
    int index = taken.previousClearBit(total - 1);
    if (index < 0) {
      throw new ErrnoException(Errno.ENOMEM, "no page");
    }
    return take(index, 1);
  }

  private long take(int index, int pages) {
    taken.set(index, index + pages);
    long address = BASE + index * Page.SIZE;
    memory(address, pages * Page.SIZE).fill((byte) 0);
    return address;
  }

  @Override
  public void free(long address, long pages) {
    int index = (int) ((address - BASE) >>> Page.SHIFT);
    if (taken.nextClearBit(index) < index + pages) {
      throw new AssertionError("free of pages that are not out: 0x%x".formatted(address));
    }
    memory(address, pages * Page.SIZE).fill((byte) 0xa5);
    taken.clear(index, index + (int) pages);
  }

  @Override
  public MemorySegment memory(long address, long length) {
    return memory.asSlice(address - BASE, length);
  }
}
