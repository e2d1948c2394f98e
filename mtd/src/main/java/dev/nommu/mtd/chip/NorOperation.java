package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import java.util.List;

/** What a chip is busy with. */
sealed interface NorOperation {
  /** Returns whether the operation can be interrupted by a suspend command. */
  boolean isSuspendable();

  /** Returns whether the operation is about this block. */
  boolean concerns(Block block);

  /** Clears bits of words, which all lie in one block. */
  record Program(Block block, List<Datum> data) implements NorOperation {
    /** Takes an immutable copy. */
    public Program {
      data = List.copyOf(data);
    }

    @Override
    public boolean isSuspendable() {
      return true;
    }

    @Override
    public boolean concerns(Block other) {
      return block.equals(other);
    }
  }

  /** Sets all bits of blocks. */
  record Erase(List<Block> blocks) implements NorOperation {
    /** Takes an immutable copy. */
    public Erase {
      blocks = List.copyOf(blocks);
    }

    @Override
    public boolean isSuspendable() {
      return true;
    }

    @Override
    public boolean concerns(Block block) {
      return blocks.contains(block);
    }
  }

  /** Sets a block's lock bit. */
  record Lock(Block block) implements NorOperation {
    @Override
    public boolean isSuspendable() {
      return false;
    }

    @Override
    public boolean concerns(Block other) {
      return block.equals(other);
    }
  }

  /** Clears a block's lock bit, or all if the chip can only do that. */
  record Unlock(Block block) implements NorOperation {
    @Override
    public boolean isSuspendable() {
      return false;
    }

    @Override
    public boolean concerns(Block other) {
      return block.equals(other);
    }
  }

  /**
   * A word to be programmed.
   *
   * @param address in words
   * @param word its bits that are not set are cleared
   */
  record Datum(long address, int word) {}
}
