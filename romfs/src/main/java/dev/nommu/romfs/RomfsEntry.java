package dev.nommu.romfs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A node at its place in the tree of an image. */
public final class RomfsEntry {
  /** Of a path that is too long so many characters are shown. */
  private static final int LONGEST_END = 255;

  private final Optional<RomfsEntry> parent;
  private final RomfsNode node;
  private final long pathLength;

  RomfsEntry(Optional<RomfsEntry> parent, RomfsNode node) {
    this.parent = parent;
    this.node = node;
    this.pathLength =
        parent.map(directory -> directory.pathLength + 1 + node.name().length()).orElse(0L);
  }

  /** Returns the node; a hard link is not followed. */
  public RomfsNode node() {
    return node;
  }

  /** Returns the directory that holds it, or empty for the root. */
  public Optional<RomfsEntry> parent() {
    return parent;
  }

  /** Returns whether this is the root. */
  public boolean isRoot() {
    return parent.isEmpty();
  }

  /**
   * Returns the offset of the first node that a directory holds, 0 for none. The root is the first
   * node of itself: what it holds begins behind it (rule ROMFS-18).
   */
  long first() {
    boolean holdsItself = isRoot() && node.target() == node.offset();
    return holdsItself ? node.next() : node.target();
  }

  /**
   * Returns the path from the root of the image, which is "/" itself. Of a path of more than 4095
   * characters, which no call takes, it is the last names, 255 characters at most, behind "...": so
   * the paths of a tree that is nested without end are not longer than the image allows.
   */
  public String path() {
    long longest = pathLength > RomfsFormat.TARGET_LENGTH ? LONGEST_END : pathLength;
    Deque<String> names = new ArrayDeque<>();
    int length = 0;
    for (RomfsEntry at = this; at.parent.isPresent(); at = at.parent.get()) {
      length += 1 + at.node.name().length();
      if (length > longest) {
        return ".../" + String.join("/", names);
      }
      names.addFirst(at.node.name());
    }
    return "/" + String.join("/", names);
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path();
  }
}
