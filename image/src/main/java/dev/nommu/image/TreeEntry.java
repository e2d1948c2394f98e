package dev.nommu.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A node at its place in the tree of an image.
 *
 * @param <N> what the format says of a node
 */
public final class TreeEntry<N> {
  /** Of a path that is too long so many characters are shown. */
  private static final int LONGEST_END = 255;

  private final Optional<TreeEntry<N>> parent;
  private final String name;
  private final N node;
  private final long pathLength;

  private TreeEntry(Optional<TreeEntry<N>> parent, String name, N node, long pathLength) {
    this.parent = parent;
    this.name = name;
    this.node = node;
    this.pathLength = pathLength;
  }

  /** Returns the root of a tree. */
  public static <N> TreeEntry<N> root(N node) {
    return new TreeEntry<>(Optional.empty(), "", node, 0);
  }

  /** Returns an entry of the directory that this is. */
  public TreeEntry<N> child(String name, N node) {
    return new TreeEntry<>(Optional.of(this), name, node, pathLength + 1 + name.length());
  }

  /** Returns what the format says of it. */
  public N node() {
    return node;
  }

  /** Returns its name as it stands in the image; the root has an empty one. */
  public String name() {
    return name;
  }

  /** Returns the directory that holds it, or empty for the root. */
  public Optional<TreeEntry<N>> parent() {
    return parent;
  }

  /** Returns whether this is the root. */
  public boolean isRoot() {
    return parent.isEmpty();
  }

  /** Returns whether its path has more than {@link ImageText#LONGEST_PATH} characters. */
  public boolean hasTooLongAPath() {
    return pathLength > ImageText.LONGEST_PATH;
  }

  /**
   * Returns the path from the root of the image, which is "/" itself. Of a path of more than 4095
   * characters, which no call takes, it is the last names, 255 characters at most, behind "...": so
   * the paths of a tree that is nested without end are not longer than the image allows.
   */
  public String path() {
    long longest = hasTooLongAPath() ? LONGEST_END : pathLength;
    Deque<String> names = new ArrayDeque<>();
    int length = 0;
    for (TreeEntry<N> at = this; at.parent.isPresent(); at = at.parent.get()) {
      length += 1 + at.name.length();
      if (length > longest) {
        return ".../" + String.join("/", names);
      }
      names.addFirst(at.name);
    }
    return "/" + String.join("/", names);
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path();
  }
}
