package dev.nommu.blockdev;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where the pages of a ramdisk are that exist: 8 bytes a page, and nothing for 2 MiB in which there
 * is none. Not safe for concurrent use.
 */
final class PageTable {
  private static final int LEAF_PAGES = 512;
  private static final long ABSENT = -1;

  private final Map<Long, long[]> leaves = new HashMap<>();

  /** Returns the physical address of a page, or empty if it does not exist. */
  OptionalLong address(long page) {
    long[] leaf = leaves.get(page / LEAF_PAGES);
    if (leaf == null || leaf[index(page)] == ABSENT) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(leaf[index(page)]);
  }

  /** Notes where a page is that did not exist. */
  void put(long page, long address) {
    leaves.computeIfAbsent(page / LEAF_PAGES, _ -> emptyLeaf())[index(page)] = address;
  }

  /** Forgets a page; returns where it was, or empty if it did not exist. */
  OptionalLong remove(long page) {
    OptionalLong address = address(page);
    if (address.isPresent()) {
      put(page, ABSENT);
    }
    return address;
  }

  private static long[] emptyLeaf() {
    long[] leaf = new long[LEAF_PAGES];
    Arrays.fill(leaf, ABSENT);
    return leaf;
  }

  private static int index(long page) {
    return (int) (page % LEAF_PAGES);
  }
}
