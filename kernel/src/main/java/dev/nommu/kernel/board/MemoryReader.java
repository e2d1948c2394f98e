package dev.nommu.kernel.board;

import dev.nommu.api.ErrnoException;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.kernel.board.MainMemory.Unused;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the memory of a board, in the order of {@code setup_bootmem}: the RAM of the tree, limited
 * by {@code mem=}, without the memory that the tree reserves.
 */
final class MemoryReader {
  /** The limit of 31-bit page numbers, with room for blocks. */
  private static final long LARGEST = 1L << 42;

  private final String board;
  private final DeviceTree tree;
  private final BootLoader loader;
  private final List<Unused> unused = new ArrayList<>();

  MemoryReader(String board, DeviceTree tree, BootLoader loader) {
    this.board = board;
    this.tree = tree;
    this.loader = loader;
  }

  MainMemory read(String commandLine) throws DeviceTreeException, BoardException {
    MemoryBanks banks = MemoryBanks.read(board, tree, loader);
    unused.addAll(banks.unused());
    Memblock memblock = new Memblock(banks.ranges());
    requireRam(memblock, "RAM of no more than 4 TiB");
    limit(memblock, commandLine);
    requireRam(memblock, "mem= of a page or more");
    ReservedMemory taken = ReservedMemory.take(tree, memblock);
    unused.addAll(taken.unused());
    requireRam(memblock, "RAM that is not reserved with no-map");
    return new MainMemory(new Ram(memblock.ram()), memblock.reserved(), taken.regions(), unused);
  }

  private void requireRam(Memblock memblock, String expected) throws BoardException {
    long bytes = memblock.ram().stream().mapToLong(range -> range.length()).sum();
    if (bytes <= 0 || bytes > LARGEST) {
      throw new BoardException(
          "%s: expected %s, found %s".formatted(board, expected, memblock.ram()));
    }
  }

  private void limit(Memblock memblock, String commandLine) {
    for (String value : new KernelParameters(commandLine).values("mem")) {
      try {
        memblock.limit(MainMemory.limit(value));
      } catch (ErrnoException malformed) {
        unused.add(new Unused("/chosen", "mem=%s: %s".formatted(value, malformed.getMessage())));
      }
    }
  }
}
