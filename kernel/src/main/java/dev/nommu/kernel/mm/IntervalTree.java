package dev.nommu.kernel.mm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of longs, ordered by start, then end, then age; finds those that overlap a range in
 * O(log n + found). Intervals may overlap and be equal. A treap whose every node knows the greatest
 * end below it; the nodes are the values themselves. Priorities come from the order of insertion,
 * so that a tree is the same in every run. Not thread-safe.
 *
 * @param <N> the intervals
 */
@SuppressWarnings("ReferenceEquality") // a node is itself, not its bounds
final class IntervalTree<N extends IntervalTree.Node<N>> implements Iterable<N> {
  /** An interval, in at most one tree at a time. Its bounds do not change while it is in one. */
  abstract static class Node<N extends Node<N>> {
    private @Nullable N left;
    private @Nullable N right;
    private long maximumEnd;
    private int priority;
    private int age;

    /** Returns the first value in the interval. */
    abstract long intervalStart();

    /** Returns the value after the last one; greater than the start. */
    abstract long intervalEnd();
  }

  private @Nullable N root;
  private int insertions;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return root == null;
  }

  void add(N node) {
    Node<N> fresh = node;
    fresh.left = null;
    fresh.right = null;
    fresh.age = insertions++;
    fresh.priority = scatter(fresh.age);
    fresh.maximumEnd = node.intervalEnd();
    root = insert(root, node);
    size++;
  }

  /** Mixes the bits of a counter so that successive nodes get unrelated priorities. */
  private static int scatter(int counter) {
    int mixed = counter * 0x9E3779B9;
    mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
    return mixed ^ mixed >>> 13;
  }

  private N insert(@Nullable N tree, N node) {
    if (tree == null) {
      return node;
    }
    Node<N> top = tree;
    if (compare(node, tree) < 0) {
      N left = insert(top.left, node);
      top.left = left;
      return outranks(left, tree) ? rotateRight(tree, left) : update(tree);
    }
    N right = insert(top.right, node);
    top.right = right;
    return outranks(right, tree) ? rotateLeft(tree, right) : update(tree);
  }

  private static <N extends Node<N>> boolean outranks(N child, N parent) {
    Node<N> a = child;
    Node<N> b = parent;
    return a.priority > b.priority;
  }

  private static <N extends Node<N>> int compare(N one, N other) {
    int byStart = Long.compare(one.intervalStart(), other.intervalStart());
    if (byStart != 0) {
      return byStart;
    }
    int byEnd = Long.compare(one.intervalEnd(), other.intervalEnd());
    Node<N> a = one;
    Node<N> b = other;
    return byEnd != 0 ? byEnd : Integer.compare(a.age, b.age);
  }

  private static <N extends Node<N>> N rotateRight(N tree, N left) {
    Node<N> top = tree;
    Node<N> child = left;
    top.left = child.right;
    child.right = update(tree);
    return update(left);
  }

  private static <N extends Node<N>> N rotateLeft(N tree, N right) {
    Node<N> top = tree;
    Node<N> child = right;
    top.right = child.left;
    child.left = update(tree);
    return update(right);
  }

  private static <N extends Node<N>> N update(N tree) {
    Node<N> node = tree;
    node.maximumEnd =
        Math.max(tree.intervalEnd(), Math.max(maximumEnd(node.left), maximumEnd(node.right)));
    return tree;
  }

  private static <N extends Node<N>> long maximumEnd(@Nullable N tree) {
    Node<N> node = tree;
    return node == null ? Long.MIN_VALUE : node.maximumEnd;
  }

  /** Removes an interval that is in this tree. */
  void remove(N node) {
    root = removeFrom(root, node);
    size--;
  }

  private @Nullable N removeFrom(@Nullable N tree, N node) {
    if (tree == null) {
      throw new NoSuchElementException("not in this tree: " + node);
    }
    Node<N> top = tree;
    if (tree == node) {
      return merge(top.left, top.right);
    }
    if (compare(node, tree) < 0) {
      top.left = removeFrom(top.left, node);
    } else {
      top.right = removeFrom(top.right, node);
    }
    return update(tree);
  }

  private static <N extends Node<N>> @Nullable N merge(@Nullable N left, @Nullable N right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    Node<N> low = left;
    Node<N> high = right;
    if (outranks(left, right)) {
      low.right = merge(low.right, right);
      return update(left);
    }
    high.left = merge(left, high.left);
    return update(right);
  }

  /** Returns the first interval that overlaps a range, or empty. */
  Optional<N> firstOverlapping(long start, long end) {
    N at = root;
    while (at != null) {
      Node<N> node = at;
      if (maximumEnd(node.left) > start) {
        at = node.left;
      } else if (at.intervalEnd() > start) {
        return at.intervalStart() < end ? Optional.of(at) : Optional.empty();
      } else {
        at = node.right;
      }
    }
    return Optional.empty();
  }

  /** Returns the intervals that overlap a range, in order. The tree must not change meanwhile. */
  Iterable<N> overlapping(long start, long end) {
    return () -> new Walk<>(root, start, end);
  }

  /** Returns the intervals at and after this one, in order. The tree must not change meanwhile. */
  Iterable<N> from(N node) {
    return () -> {
      Walk<N> walk = new Walk<>(root, node.intervalStart(), Long.MAX_VALUE);
      walk.skipTo(node);
      return walk;
    };
  }

  /** Returns all intervals in order. The tree must not change meanwhile. */
  @Override
  public Iterator<N> iterator() {
    return new Walk<>(root, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** An in-order walk that leaves out whole subtrees that end before the range. */
  private static final class Walk<N extends Node<N>> implements Iterator<N> {
    private final Deque<N> path = new ArrayDeque<>();
    private final long start;
    private final long end;
    private @Nullable N next;

    Walk(@Nullable N root, long start, long end) {
      this.start = start;
      this.end = end;
      descend(root);
      advance();
    }

    private void descend(@Nullable N from) {
      N at = from;
      while (at != null && maximumEnd(at) > start) {
        path.push(at);
        Node<N> node = at;
        at = node.left;
      }
    }

    private void advance() {
      next = null;
      while (next == null && !path.isEmpty()) {
        N at = path.pop();
        if (at.intervalStart() >= end) {
          return;
        }
        Node<N> node = at;
        descend(node.right);
        next = at.intervalEnd() > start ? at : null;
      }
    }

    void skipTo(N node) {
      while (next != null && next != node) {
        advance();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public N next() {
      N found = next;
      if (found == null) {
        throw new NoSuchElementException();
      }
      advance();
      return found;
    }
  }
}
