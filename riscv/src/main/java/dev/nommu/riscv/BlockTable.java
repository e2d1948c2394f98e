package dev.nommu.riscv;

import java.util.Arrays;

/** Blocks by address: an open-addressing hash table, emptied when there are too many. */
final class BlockTable {
  private static final int MOST = 1 << 16;

  private final BlockReader reader;
  private Block[] slots = empty(1 << 8);
  private int size;

  BlockTable(BlockReader reader) {
    this.reader = reader;
  }

  private static Block[] empty(int length) {
    Block[] slots = new Block[length];
    Arrays.fill(slots, Block.NONE);
    return slots;
  }

  /** Returns the block at an address, read now or at some time since the last {@link #clear}. */
  Block at(long address) throws Trap {
    Block found = slots[slot(address)];
    return found.start == address && reader.isStillThere(found) ? found : read(address);
  }

  /** Returns the block at an address if it has been read, or {@link Block#NONE}. */
  Block known(long address) {
    return slots[slot(address)];
  }

  private Block read(long address) throws Trap {
    Block block = reader.read(address);
    if (block.memory.isPresent()) {
      put(block);
    }
    return block;
  }

  private void put(Block block) {
    if (size == MOST) {
      clear();
    } else if (2 * size >= slots.length) {
      grow();
    }
    int slot = slot(block.start);
    size += slots[slot] == Block.NONE ? 1 : 0;
    slots[slot] = block;
  }

  private void grow() {
    Block[] before = slots;
    slots = empty(2 * before.length);
    for (Block block : before) {
      if (block != Block.NONE) {
        slots[slot(block.start)] = block;
      }
    }
  }

  /** Forgets all blocks. */
  void clear() {
    slots = empty(1 << 8);
    size = 0;
  }

  /** Returns the slot of the block with this address, or the slot to put it in. */
  private int slot(long address) {
    int slot = (int) ((address * 0x9e37_79b9_7f4a_7c15L) >>> 40) & (slots.length - 1);
    while (slots[slot] != Block.NONE && slots[slot].start != address) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
