package dev.nommu.nio;

import dev.nommu.kernel.memory.FreeBlock;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which pages of RAM a request gets, written down from what docs/ARCHITECTURE.md says of addresses:
 * of blocks of up to eight pages the highest that fits, of larger ones the lowest, each from the
 * smallest block that is free. A free block is as large as it can be.
 */
final class BuddyModel {
  private static final int HIGHEST_ORDER = 10;
  private static final int SMALL_ORDER = 3;

  private final long base;
  private final int pages;
  private final BitSet free = new BitSet();

  /** Begins with what is free on a machine. */
  BuddyModel(long base, int pages, List<FreeBlock> layout) {
    this.base = base;
    this.pages = pages;
    for (FreeBlock block : layout) {
      int first = (int) ((block.address() - base) >> 12);
      free.set(first, first + (1 << block.order()));
    }
  }

  private boolean isFree(int block, int order) {
    int first = block << order;
    return free.nextClearBit(first) >= first + (1 << order);
  }

  /** A free block whose buddy is not free, too. */
  private boolean isWhole(int block, int order) {
    return isFree(block, order) && (order == HIGHEST_ORDER || !isFree(block ^ 1, order));
  }

  /** Returns the first page of a run, or empty if there is none; a run has up to 1024 pages. */
  OptionalInt allocate(int count) {
    int order = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    for (int from = order; from <= HIGHEST_ORDER; from++) {
      int found = find(from, order <= SMALL_ORDER);
      if (found >= 0) {
        int first = order <= SMALL_ORDER ? ((found + 1) << from) - (1 << order) : found << from;
        free.clear(first, first + count);
        return OptionalInt.of(first);
      }
    }
    return OptionalInt.empty();
  }

  private int find(int order, boolean highest) {
    int blocks = pages >> order;
    for (int i = 0; i < blocks; i++) {
      int block = highest ? blocks - 1 - i : i;
      if (isWhole(block, order)) {
        return block;
      }
    }
    return -1;
  }

  /** Gives pages back. */
  void free(int first, int count) {
    free.set(first, first + count);
  }

  /** Returns how many pages are free. */
  int freePages() {
    return free.cardinality();
  }

  /** Returns the address of a page. */
  long address(int page) {
    return base + ((long) page << 12);
  }
}
