package dev.nommu.mtd.chip;

import java.util.ArrayList;
import java.util.List;

/**
 * The division of a chip into erase blocks, numbered from 0.
 *
 * @param runs in the order of their addresses
 */
record BlockLayout(List<BlockRun> runs) {
  /** Takes an immutable copy. */
  BlockLayout {
    runs = List.copyOf(runs);
  }

  /**
   * A block.
   *
   * @param number its number
   * @param start bytes from the start of the chip
   * @param size bytes
   */
  record Block(int number, long start, long size) {}

  /** Returns the number of blocks. */
  int count() {
    return runs.stream().mapToInt(BlockRun::blocks).sum();
  }

  /**
   * Returns the block an offset lies in.
   *
   * @param offset bytes, in the chip
   */
  Block at(long offset) {
    int number = 0;
    long start = 0;
    for (BlockRun run : runs) {
      if (offset < start + run.size()) {
        long index = (offset - start) / run.blockSize();
        return new Block(number + (int) index, start + index * run.blockSize(), run.blockSize());
      }
      number += run.blocks();
      start += run.size();
    }
    throw new IndexOutOfBoundsException("offset 0x%x of a chip of 0x%x".formatted(offset, start));
  }

  /** Returns all blocks, in order. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    long end = runs.stream().mapToLong(BlockRun::size).sum();
    for (long start = 0; start < end; start += blocks.getLast().size()) {
      blocks.add(at(start));
    }
    return blocks;
  }
}
