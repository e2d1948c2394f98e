package dev.nommu.ramfs;

import java.util.Arrays;

/**
 * A list of {@code long} in one array, with its gap at the last change: nearby changes are cheap,
 * anywhere in the list. The gap is at most an eighth of the list and a few elements. Not safe for
 * concurrent use.
 */
final class GapBuffer {
  private static final int FIRST_ROOM = 4;

  private long[] slots = {};
  private int size;
  private int gap;

  /** Returns the number of elements. */
  int size() {
    return size;
  }

  /** Returns the number of elements that fit in the allocated memory. */
  int capacity() {
    return slots.length;
  }

  /** Returns the element at an index from 0 to {@code size() - 1}. */
  long get(int index) {
    return slots[slot(index)];
  }

  /** Replaces the element at an index from 0 to {@code size() - 1}. */
  void set(int index, long value) {
    slots[slot(index)] = value;
  }

  /** Inserts an element before the one at an index from 0 to {@code size()}. */
  void insert(int index, long value) {
    if (size == slots.length) {
      grow();
    }
    moveGap(index);
    slots[gap++] = value;
    size++;
  }

  /** Removes the element at an index from 0 to {@code size() - 1}. */
  void remove(int index) {
    moveGap(index);
    size--;
  }

  /** Releases memory not used by elements. */
  void trim() {
    if (slots.length - size > size) {
      moveGap(size);
      slots = Arrays.copyOf(slots, size);
    }
  }

  private int slot(int index) {
    return index < gap ? index : index + slots.length - size;
  }

  private void moveGap(int index) {
    int room = slots.length - size;
    if (index < gap) {
      System.arraycopy(slots, index, slots, index + room, gap - index);
    } else {
      System.arraycopy(slots, gap + room, slots, gap, index - gap);
    }
    gap = index;
  }

  private void grow() {
    moveGap(size);
    slots = Arrays.copyOf(slots, size + FIRST_ROOM + size / 8);
  }
}
