package dev.nommu.kernel.pages;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of page numbers from 0 up to a fixed size, one bit each from the first member on. Changes
 * need a lock of the caller; reading needs none and sees each word as it was at some time.
 */
final class PageSet {
  /** Returned by searches that find no page. */
  static final int NONE = -1;

  private static final int WORD_SHIFT = 6;

  private final int pages;
  private volatile AtomicLongArray words = new AtomicLongArray(0);

  PageSet(int pages) {
    this.pages = pages;
  }

  /** Adds the pages from one up to, not including, another. */
  void add(int from, int to) {
    if (words.length() == 0) {
      words = new AtomicLongArray((pages + Long.SIZE - 1) >>> WORD_SHIFT);
    }
    for (int word = from >>> WORD_SHIFT; word << WORD_SHIFT < to; word++) {
      words.set(word, words.get(word) | mask(word, from, to));
    }
  }

  /** Removes the pages from one up to, not including, another. */
  void remove(int from, int to) {
    for (int word = from >>> WORD_SHIFT; word << WORD_SHIFT < to; word++) {
      words.set(word, words.get(word) & ~mask(word, from, to));
    }
  }

  /** Returns whether all pages from one up to, not including, another are members. */
  boolean containsAll(int from, int to) {
    AtomicLongArray now = words;
    if (now.length() == 0) {
      return false;
    }
    for (int word = from >>> WORD_SHIFT; word << WORD_SHIFT < to; word++) {
      long wanted = mask(word, from, to);
      if ((now.get(word) & wanted) != wanted) {
        return false;
      }
    }
    return true;
  }

  /** Returns the bits of a word for the pages of an overlapping range. */
  private static long mask(int word, int from, int to) {
    int first = Math.max(from - (word << WORD_SHIFT), 0);
    int after = Math.min(to - (word << WORD_SHIFT), Long.SIZE);
    return -1L << first & -1L >>> (Long.SIZE - after);
  }

  /** Returns the lowest member that is {@code from} or higher. */
  int next(int from) {
    for (int word = from >>> WORD_SHIFT; word < words.length(); word++) {
      long rest = words.get(word) & mask(word, from, (word + 1) << WORD_SHIFT);
      if (rest != 0) {
        return word << WORD_SHIFT | Long.numberOfTrailingZeros(rest);
      }
    }
    return NONE;
  }

  /** Returns the page after the run of members that begins with this one. */
  int endOfRun(int member) {
    int end = member;
    while (end < words.length() << WORD_SHIFT && containsAll(end, end + 1)) {
      end++;
    }
    return end;
  }
}
