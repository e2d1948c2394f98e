package dev.nommu.cramfs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A node at its place in the tree of an image. */
public final class CramfsEntry {
  private final Optional<CramfsEntry> parent;
  private final CramfsNode node;
  private final int pathLength;

  private CramfsEntry(Optional<CramfsEntry> parent, CramfsNode node, int pathLength) {
    this.parent = parent;
    this.node = node;
    this.pathLength = pathLength;
  }

  /** Returns the root of a tree. */
  static CramfsEntry root(CramfsNode node) {
    return new CramfsEntry(Optional.empty(), node, 0);
  }

  /** Returns whether an entry of the directory this is has a path of 4095 characters or less. */
  boolean canHave(CramfsNode child) {
    return pathLengthOf(child) <= CramfsFormat.LONGEST_PATH;
  }

  /** Returns an entry of the directory this is. */
  CramfsEntry child(CramfsNode child) {
    return new CramfsEntry(Optional.of(this), child, pathLengthOf(child));
  }

  /** Returns the node. */
  public CramfsNode node() {
    return node;
  }

  /** Returns the directory that holds it, or empty for the root. */
  public Optional<CramfsEntry> parent() {
    return parent;
  }

  /** Returns the path from the root of the image, which is "/" itself. */
  public String path() {
    Deque<String> names = new ArrayDeque<>();
    for (CramfsEntry at = this; at.parent.isPresent(); at = at.parent.get()) {
      names.addFirst(at.node.name());
    }
    return "/" + String.join("/", names);
  }

  private int pathLengthOf(CramfsNode child) {
    return pathLength + 1 + child.name().length();
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path();
  }
}
