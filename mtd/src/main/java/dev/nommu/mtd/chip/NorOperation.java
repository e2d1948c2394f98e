package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import java.util.List;

/** The operation that keeps a chip busy. */
sealed interface NorOperation {
  /** Returns whether the operation can be interrupted by a suspend command. */
  default boolean isSuspendable() {
    return switch (this) {
      case Program program -> true;
      case Erase erase -> true;
      case Lock lock -> false;
      case Unlock unlock -> false;
    };
  }

  /** Returns the blocks the operation is about. */
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

  /** Clears a block's lock bit, or all if the chip can only do that. */
  record Unlock(Block block) implements NorOperation {}

  /**
   * A word to be programmed.
   *
   * @param address in words
   * @param word its bits that are not set are cleared
   */
  record Datum(long address, int word) {}
}
