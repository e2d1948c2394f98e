package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import java.util.List;

/** The operation that keeps a chip busy. */
sealed interface NorOperation {
  /** Returns whether a suspend command can interrupt the operation. */
  default boolean isSuspendable() {
    return switch (this) {
      case Program program -> true;
      case Erase erase -> true;
      case Lock lock -> false;
      case Unlock unlock -> false;
    };
  }

  /** Returns the blocks the operation affects. */
  default List<Block> blocks() {
    return switch (this) {
      case Program program -> List.of(program.block());
      case Erase(List<Block> blocks) -> blocks;
      case Lock(Block block) -> List.of(block);
      case Unlock(Block block) -> List.of(block);
    };
  }

  /** Clears bits of words, which all lie in one block. */
  record Program(Block block, List<Datum> data) implements NorOperation {
    /** Takes an immutable copy. */
    public Program {
      data = List.copyOf(data);
    }
  }

  /** Sets all bits of blocks. */
  record Erase(List<Block> blocks) implements NorOperation {
    /** Takes an immutable copy. */
    public Erase {
      blocks = List.copyOf(blocks);
    }
  }

  /** Sets a block's lock bit. */
  record Lock(Block block) implements NorOperation {}

  /** Clears a block's lock bit, or all of them if the chip can only clear all. */
  record Unlock(Block block) implements NorOperation {}

  /**
   * A word to program.
   *
   * @param address in words
   * @param word the datum, whose 0 bits are cleared in the cells
   */
  record Datum(long address, int word) {}
}
