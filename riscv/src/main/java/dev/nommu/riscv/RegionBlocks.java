package dev.nommu.riscv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Chooses the blocks of a region: the first, and those it led to, while the method stays small. */
final class RegionBlocks {
  /** HotSpot does not compile a method of 8000 bytes or more. */
  private static final int MOST_BYTES = 7500;

  private static final int BYTES_OF_ENTRY = 450;
  private static final int BYTES_OF_BLOCK = 80;
  private static final int BYTES_OF_ACCESS = 105;
  private static final int BYTES_OF_FLOAT = 60;
  private static final int BYTES_OF_OTHERS = 14;

  private final BlockTable table;
  private final Map<Long, Block> chosen = new LinkedHashMap<>();
  private final Deque<Block> left = new ArrayDeque<>();
  private int bytes = BYTES_OF_ENTRY;

  RegionBlocks(BlockTable table) {
    this.table = table;
  }

  /** Returns the blocks of the region that begins with a block, by address, that block first. */
  Map<Long, Block> from(Block first) {
    choose(first);
    while (!left.isEmpty()) {
      Block block = left.remove();
      choose(table.known(block.next));
      choose(table.known(block.target));
      choose(block.jumped);
    }
    return chosen;
  }

  private void choose(Block block) {
    int more = bytes(block);
    if (block.isLasting && !chosen.containsKey(block.start) && bytes + more < MOST_BYTES) {
      bytes += more;
      chosen.put(block.start, block);
      left.add(block);
    }
  }

  private static int bytes(Block block) {
    int bytes = BYTES_OF_BLOCK;
    for (int i = 0; i < block.count(); i++) {
      bytes += bytes(block.code[2 * i] & 0xff);
    }
    return bytes;
  }

  private static int bytes(int op) {
    if (op >= Op.FIRST_FLOAT) {
      return BYTES_OF_FLOAT;
    }
    return op >= Op.LB && op <= Op.FSD ? BYTES_OF_ACCESS : BYTES_OF_OTHERS;
  }
}
