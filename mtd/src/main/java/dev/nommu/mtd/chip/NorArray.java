package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import dev.nommu.mtd.power.PowerSupply;
import dev.nommu.mtd.power.PowerSupply.Action;
import dev.nommu.mtd.power.PowerSupply.Level;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/**
 * The cells of one chip: words of one or two bytes, in blocks with a lock bit and a count of
 * erasures each. The words of chips side by side are interleaved in the memory of the bank.
 */
final class NorArray {
  private static final ValueLayout.OfShort WORD =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ONES = -1;
  private static final int EVERY_OTHER = 0x5555;

  private final MemorySegment memory;
  private final Lane lane;
  private final BlockLayout layout;
  private final PowerSupply power;
  private final BitSet locked = new BitSet();
  private final int[] erasures;

  /** Creates the cells of the chip on a lane, stored in the memory of its bank. */
  NorArray(MemorySegment memory, Lane lane, BlockLayout layout, PowerSupply power) {
    this.memory = memory;
    this.lane = lane;
    this.layout = layout;
    this.power = power;
    this.erasures = new int[layout.count()];
  }

  /**
   * The part of a bus a chip is on.
   *
   * @param first the number of its first byte
   * @param width bytes in a word of the chip, 1 or 2
   * @param bankWidth bytes in a word of the bus
   */
  record Lane(int first, int width, int bankWidth) {
    /** Returns all ones in a word of the chip. */
    int mask() {
      return (1 << (8 * width)) - 1;
    }
  }

  /** Converts bytes to words. */
  long wordsIn(long bytes) {
    return bytes / lane.width();
  }

  /** Returns the word at an address, in words. */
  int word(long address) {
    long offset = offset(address);
    int word =
        lane.width() == 1 ? memory.get(ValueLayout.JAVA_BYTE, offset) : memory.get(WORD, offset);
    return word & lane.mask();
  }

  /**
   * Clears the bits of a word that are not set in the datum (rule FLASH-05), or some of them if the
   * power fails.
   */
  void program(long address, int datum) {
    switch (power.during(Action.PROGRAM, offset(address), lane.width())) {
      case FULL -> set(address, word(address) & datum);
      case FAILING -> set(address, word(address) & (datum | EVERY_OTHER));
      case OFF -> {}
    }
  }

  /** Sets all bits of a block and counts the erasure; sets some of them if the power fails. */
  void erase(Block block) {
    Level level = power.during(Action.ERASE, block.start() * side(), block.size() * side());
    if (level == Level.OFF) {
      return;
    }
    erasures[block.number()]++;
    int set = level == Level.FULL ? ONES : EVERY_OTHER;
    long end = (block.start() + block.size()) / lane.width();
    for (long address = block.start() / lane.width(); address < end; address++) {
      set(address, word(address) | set);
    }
  }

  /** Returns the number of chips side by side. */
  private int side() {
    return lane.bankWidth() / lane.width();
  }

  /** Returns the block that holds the word at an address. */
  Block block(long address) {
    return layout.at(address * lane.width());
  }

  /** Returns all blocks. */
  List<Block> blocks() {
    return layout.blocks();
  }

  /** Returns the address of the first word of a block. */
  long firstWord(Block block) {
    return block.start() / lane.width();
  }

  /** Returns the erase count of a block. */
  int erasures(Block block) {
    return erasures[block.number()];
  }

  /** Returns whether a block's lock bit is set. */
  boolean isLocked(Block block) {
    return locked.get(block.number());
  }

  /** Sets or clears a block's lock bit. */
  void setLocked(Block block, boolean lock) {
    locked.set(block.number(), lock);
  }

  /** Sets or clears the lock bits of all blocks. */
  void setAllLocked(boolean lock) {
    locked.set(0, erasures.length, lock);
  }

  private void set(long address, int word) {
    long offset = offset(address);
    if (lane.width() == 1) {
      memory.set(ValueLayout.JAVA_BYTE, offset, (byte) word);
    } else {
      memory.set(WORD, offset, (short) word);
    }
  }

  private long offset(long address) {
    return address * lane.bankWidth() + lane.first();
  }
}
