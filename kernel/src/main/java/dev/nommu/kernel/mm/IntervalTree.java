package dev.nommu.kernel.mm;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of longs, ordered by start, then end, then age; finds those that overlap a range in
 * O(log n + found). Intervals may overlap and be equal. A B+ tree in which every node stores the
 * greatest end of each entry. Not thread-safe.
 *
 * @param <T> the intervals
 */
final class IntervalTree<T extends IntervalTree.Interval> implements Iterable<T> {
  /** An interval, in at most one tree at a time. Its bounds do not change while it is in one. */
  abstract static class Interval {
    private int age;

    /** Returns the first value in the interval. */
    abstract long intervalStart();

    /** Returns the value after the last one; greater than the start. */
    abstract long intervalEnd();

    /** Compares with an interval that has the same start. */
    final int compareEnd(Interval other) {
      int byEnd = Long.compare(intervalEnd(), other.intervalEnd());
      return byEnd != 0 ? byEnd : Integer.compare(age, other.age);
    }
  }

  private IntervalNode<T> root = IntervalNode.leaf();
  private int insertions;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(T interval) {
    Interval fresh = interval;
    fresh.age = insertions++;
    int changed = root.add(interval);
    if (root.isFull()) {
      root = IntervalNode.above(root, root.divide(changed));
    }
    size++;
  }

  /**
   * Removes an interval.
   *
   * @throws NoSuchElementException if it is not in this tree; nothing has changed
   */
  void remove(T interval) {
    root.remove(interval);
    while (root.height() > 0 && root.size() == 1) {
      root = root.child(0);
    }
    size--;
  }

  /** Returns the first interval that overlaps a range, or empty. */
  Optional<T> firstOverlapping(long start, long end) {
    IntervalNode<T> node = root;
    int at = node.firstEndingAfter(start);
    while (node.height() > 0 && at < node.size()) {
      node = node.child(at);
      at = node.firstEndingAfter(start);
    }
    return at < node.size() && node.start(at) < end
        ? Optional.of(node.interval(at))
        : Optional.empty();
  }

  /** Returns the intervals that overlap a range, in order. The tree must not change meanwhile. */
  Iterable<T> overlapping(long start, long end) {
    return () -> new Walk<>(root, start, end);
  }

  /** Returns the intervals at and after this one, in order. The tree must not change meanwhile. */
  Iterable<T> from(T interval) {
    return () -> {
      Walk<T> walk = new Walk<>(root, interval.intervalStart(), Long.MAX_VALUE);
      walk.skipTo(interval);
      return walk;
    };
  }

  /** Returns all intervals in order. The tree must not change meanwhile. */
  @Override
  public Iterator<T> iterator() {
    return new Walk<>(root, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** An in-order walk that skips whole nodes ending before the range. */
  @SuppressWarnings("ReferenceEquality") // an interval is itself, not its bounds
  private static final class Walk<T extends Interval> implements Iterator<T> {
    private final long start;
    private final long end;

    /** For each height, the current node and its next entry. */
    private final IntervalNode<T>[] path;

    private final int[] ahead;
    private int height;
    private @Nullable T next;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Walk(IntervalNode<T> root, long start, long end) {
      this.start = start;
      this.end = end;
      this.height = root.height();
      this.path = (IntervalNode<T>[]) new IntervalNode[height + 1];
      this.ahead = new int[height + 1];
      path[height] = root;
      advance();
    }

    private void advance() {
      next = null;
      while (next == null && height < path.length) {
        step();
      }
    }

    private void step() {
      IntervalNode<T> node = path[height];
      int at = node.nextEndingAfter(start, ahead[height]);
      ahead[height] = at + 1;
      if (at == node.size()) {
        height++;
      } else if (node.start(at) >= end) {
        height = path.length;
      } else if (height == 0) {
        next = node.interval(at);
      } else {
        height--;
        path[height] = node.child(at);
        ahead[height] = 0;
      }
    }

    void skipTo(T interval) {
      while (next != null && next != interval) {
        advance();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public T next() {
      T found = next;
      if (found == null) {
        throw new NoSuchElementException();
      }
      advance();
      return found;
    }
  }
}
