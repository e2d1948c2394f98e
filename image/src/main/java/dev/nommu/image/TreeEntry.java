package dev.nommu.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A node at its place in the tree of an image.
 *
 * @param <N> the format's description of a node
 */
public final class TreeEntry<N> {
  /** The number of characters shown of a path that is too long. */
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

  /** Returns an entry of this directory. */
  public TreeEntry<N> child(String name, N node) {
    return new TreeEntry<>(Optional.of(this), name, node, pathLength + 1 + name.length());
  }

  /** Returns the format's description of it. */
  public N node() {
    return node;
  }

  /** Returns its name as stored in the image; empty for the root. */
  public String name() {
    return name;
  }

  /** Returns its directory, or empty for the root. */
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
   * Returns the path from the root of the image, which is "/" itself. A path of more than 4095
   * characters, which no call accepts, is shortened to "..." and its last names, 255 characters at
   * most: this bounds the paths of an endlessly nested tree.
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
