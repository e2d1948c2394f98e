package dev.nommu.kernel.memory;

/**
 * A set of block numbers from 0 up to a fixed size that finds its lowest and highest member in
 * O(log n): a tree of bit words with 64 children each, in which a parent's bit is set if the
 * child's word is not zero. One bit per block and no objects. Not thread-safe.
 */
final class FreeBlocks {
  /** Returned by searches that find no member. */
  static final int NONE = -1;

  private static final int WORD_SHIFT = 6;

  private final long[][] levels;
  private int size;

  FreeBlocks(int capacity) {
    int depth = 1;
    for (int words = words(capacity); words > 1; words = words(words)) {
      depth++;
    }
    levels = new long[depth][];
    int bits = capacity;
    for (int level = 0; level < depth; level++) {
      levels[level] = new long[words(bits)];
      bits = levels[level].length;
    }
  }

  private static int words(int bits) {
    return Math.max(1, (bits + 63) >>> WORD_SHIFT);
  }

  int size() {
    return size;
  }

  boolean contains(int block) {
    int word = block >>> WORD_SHIFT;
    return word < levels[0].length && (levels[0][word] & 1L << block) != 0;
  }

  void add(int block) {
    int index = block;
    for (long[] level : levels) {
      level[index >>> WORD_SHIFT] |= 1L << index;
      index >>>= WORD_SHIFT;
    }
    size++;
  }

  void remove(int block) {
    int index = block;
    for (long[] level : levels) {
      level[index >>> WORD_SHIFT] &= ~(1L << index);
      if (level[index >>> WORD_SHIFT] != 0) {
        break;
      }
      index >>>= WORD_SHIFT;
    }
    size--;
  }

  int first() {
    return size == 0 ? NONE : descendFirst(levels.length - 1, 0);
  }

  int last() {
    if (size == 0) {
      return NONE;
    }
    int index = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      index = index << WORD_SHIFT | 63 - Long.numberOfLeadingZeros(levels[level][index]);
    }
    return index;
  }

  /** Returns the lowest member that is {@code from} or higher. */
  int next(int from) {
    int index = from;
    for (int level = 0; level < levels.length; level++) {
      int word = index >>> WORD_SHIFT;
      if (word >= levels[level].length) {
        return NONE;
      }
      long rest = levels[level][word] & -1L << index;
      if (rest != 0) {
        int found = word << WORD_SHIFT | Long.numberOfTrailingZeros(rest);
        return level == 0 ? found : descendFirst(level - 1, found);
      }
      index = word + 1;
    }
    return NONE;
  }

  private int descendFirst(int fromLevel, int word) {
    int index = word;
    for (int level = fromLevel; level >= 0; level--) {
      index = index << WORD_SHIFT | Long.numberOfTrailingZeros(levels[level][index]);
    }
    return index;
  }
}
