package dev.nommu.kernel.mm;

import dev.nommu.kernel.mm.IntervalTree.Interval;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node of an {@link IntervalTree}. Its entries are intervals in a leaf and nodes elsewhere, in
 * order. The node itself stores the start of each entry and the greatest end up to it; both ascend,
 * so that a binary search reads few cache lines and no skipped entry.
 *
 * @param <T> the intervals
 */
@SuppressWarnings("ReferenceEquality") // an interval is itself, not its bounds
final class IntervalNode<T extends Interval> {
  /** The number of entries at which a node is divided. */
  private static final int FANOUT = 32;

  private static final Object[] NO_ENTRIES = {};
  private static final long[] NO_BOUNDS = {};

  private final int height;
  private int size;
  private @Nullable Object[] entries = NO_ENTRIES;

  /** The start of entry i at 2i, the greatest end of the entries up to it at 2i + 1. */
  private long[] bounds = NO_BOUNDS;

  private IntervalNode(int height) {
    this.height = height;
  }

  /** Returns a leaf without intervals. */
  static <T extends Interval> IntervalNode<T> leaf() {
    return new IntervalNode<>(0);
  }

  /** Returns the parent of two adjacent nodes. */
  static <T extends Interval> IntervalNode<T> above(IntervalNode<T> low, IntervalNode<T> high) {
    IntervalNode<T> top = new IntervalNode<>(low.height + 1);
    top.put(0, low);
    top.put(1, high);
    return top;
  }

  /** Returns the number of nodes between this and an interval; 0 for a leaf. */
  int height() {
    return height;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == FANOUT;
  }

  long start(int at) {
    return bounds[2 * at];
  }

  private long greatestEnd(int upTo) {
    return bounds[2 * upTo + 1];
  }

  /** Returns an entry of a leaf. */
  @SuppressWarnings({"unchecked", "NullAway"})
  T interval(int at) {
    return (T) entries[at];
  }

  /** Returns an entry of an inner node. */
  @SuppressWarnings({"unchecked", "NullAway"})
  IntervalNode<T> child(int at) {
    return (IntervalNode<T>) entries[at];
  }

  /** Returns the index of the first entry that ends after a place, or {@link #size}. */
  int firstEndingAfter(long place) {
    int at = 0;
    for (int left = size; left > 0; left >>>= 1) {
      int half = (left - 1) >>> 1;
      at = greatestEnd(at + half) <= place ? at + half + 1 : at;
    }
    return at;
  }

  /** Returns the index of the next entry that ends after a place, or {@link #size}. */
  int nextEndingAfter(long place, int from) {
    int at = Math.max(from, firstEndingAfter(place));
    while (at < size && end(at) <= place) {
      at++;
    }
    return at;
  }

  /** Adds an interval; returns the index of the new or changed entry. */
  int add(T interval) {
    int upTo = countUpTo(interval);
    if (height == 0) {
      put(upTo, interval, interval.intervalStart());
      return upTo;
    }
    int at = Math.max(0, upTo - 1);
    IntervalNode<T> child = child(at);
    int changed = child.add(interval);
    if (!child.isFull()) {
      refresh(at);
      return at;
    }
    IntervalNode<T> high = child.divide(changed);
    refresh(at);
    put(at + 1, high);
    return at + 1;
  }

  /**
   * Moves the upper half to a new node; only the last entry if that is the changed one, so that
   * ascending insertions leave full nodes behind.
   */
  IntervalNode<T> divide(int changed) {
    IntervalNode<T> high = new IntervalNode<>(height);
    high.append(this, changed == size - 1 ? changed : size / 2);
    truncate(size - high.size);
    return high;
  }

  /**
   * Removes an interval.
   *
   * @throws NoSuchElementException if it is not here; nothing has changed
   */
  void remove(T interval) {
    int at = countUpTo(interval) - 1;
    if (at < 0 || (height == 0 && interval(at) != interval)) {
      throw new NoSuchElementException("not in this tree: " + interval);
    }
    if (height == 0) {
      delete(at);
      return;
    }
    child(at).remove(interval);
    if (child(at).size == 0) {
      delete(at);
      return;
    }
    refresh(at);
    join(at);
    join(at - 1);
  }

  /** Merges an entry with the next one if together they fill at most half a node. */
  private void join(int at) {
    if (at < 0 || at + 1 >= size || child(at).size + child(at + 1).size > FANOUT / 2) {
      return;
    }
    child(at).append(child(at + 1), 0);
    delete(at + 1);
    refresh(at);
  }

  /** Returns the number of entries that begin with this interval or an earlier one. */
  private int countUpTo(T interval) {
    int at = 0;
    for (int left = size; left > 0; left >>>= 1) {
      int half = (left - 1) >>> 1;
      at = compare(at + half, interval) <= 0 ? at + half + 1 : at;
    }
    return at;
  }

  private int compare(int at, T interval) {
    int byStart = Long.compare(start(at), interval.intervalStart());
    return byStart != 0 ? byStart : first(at).compareEnd(interval);
  }

  private T first(int at) {
    return height == 0 ? interval(at) : child(at).first(0);
  }

  private long end(int at) {
    return height == 0 ? interval(at).intervalEnd() : child(at).greatestEnd();
  }

  /** Returns the greatest end in a node that has entries. */
  private long greatestEnd() {
    return greatestEnd(size - 1);
  }

  private void put(int at, IntervalNode<T> child) {
    put(at, child, child.start(0));
  }

  private void put(int at, Object entry, long start) {
    if (size == entries.length) {
      grow();
    }
    System.arraycopy(entries, at, entries, at + 1, size - at);
    System.arraycopy(bounds, 2 * at, bounds, 2 * at + 2, 2 * (size - at));
    entries[at] = entry;
    bounds[2 * at] = start;
    bounds[2 * at + 1] = Long.MIN_VALUE;
    size++;
    restoreEnds(at, Long.MIN_VALUE);
  }

  private void delete(int at) {
    long former = greatestEnd(at);
    System.arraycopy(entries, at + 1, entries, at, size - at - 1);
    System.arraycopy(bounds, 2 * at + 2, bounds, 2 * at, 2 * (size - at - 1));
    truncate(size - 1);
    restoreEnds(at, former);
  }

  /** Updates the bounds of a child that has changed. */
  private void refresh(int at) {
    long former = greatestEnd(at);
    bounds[2 * at] = child(at).start(0);
    bounds[2 * at + 1] = Long.MIN_VALUE;
    restoreEnds(at, former);
  }

  /**
   * Restores the greatest ends from an entry on. An end beyond both the former and the new one at
   * that entry belongs to a later entry, as do all that follow.
   */
  private void restoreEnds(int from, long former) {
    long greatest = from == 0 ? Long.MIN_VALUE : greatestEnd(from - 1);
    for (int at = from; at < size && greatestEnd(at) <= Math.max(former, greatest); at++) {
      greatest = Math.max(greatest, end(at));
      bounds[2 * at + 1] = greatest;
    }
  }

  private void truncate(int newSize) {
    Arrays.fill(entries, newSize, size, null);
    size = newSize;
  }

  private void append(IntervalNode<T> other, int from) {
    for (int at = from; at < other.size; at++) {
      put(size, Objects.requireNonNull(other.entries[at]), other.start(at));
    }
  }

  private void grow() {
    int more = Math.max(1, 2 * entries.length);
    entries = Arrays.copyOf(entries, more);
    bounds = Arrays.copyOf(bounds, 2 * more);
  }
}
