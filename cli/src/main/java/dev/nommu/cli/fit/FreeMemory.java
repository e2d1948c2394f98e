package dev.nommu.cli.fit;

import dev.nommu.api.Page;
import dev.nommu.kernel.Machine;
import java.util.List;

/**
 * The free RAM at one moment.
 *
 * @param blocks the number of free blocks of each order, order 0 first
 */
record FreeMemory(List<Integer> blocks) {
  private static final long KIB = 1024;

  /** Takes an immutable copy. */
  FreeMemory {
    blocks = List.copyOf(blocks);
  }

  static FreeMemory of(Machine machine) {
    return new FreeMemory(machine.freeBlocks());
  }

  /** Returns bytes. */
  long bytes() {
    long pages = 0;
    for (int order = 0; order < blocks.size(); order++) {
      pages += (long) blocks.get(order) << order;
    }
    return pages * Page.SIZE;
  }

  /** Returns the size of the largest free block in bytes; 0 if nothing is free. */
  long largest() {
    for (int order = blocks.size() - 1; order >= 0; order--) {
      if (blocks.get(order) > 0) {
        return Page.SIZE << order;
      }
    }
    return 0;
  }

  /** Formats a number of bytes: {@code 700 KiB}. */
  static String kib(long bytes) {
    return bytes / KIB + " KiB";
  }
}
