package dev.nommu.blockdev;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The addresses of the existing pages of a ramdisk: 8 bytes per page, and nothing for each 2 MiB
 * without any. Not safe for concurrent use.
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

  /** Adds a page that did not exist. */
  void put(long page, long address) {
    leaves.computeIfAbsent(page / LEAF_PAGES, _ -> emptyLeaf())[index(page)] = address;
  }

  /** Removes a page; returns its address, or empty if it did not exist. */
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
