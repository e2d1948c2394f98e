package dev.nommu.image;

import dev.nommu.api.ErrnoException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Walks the tree of an image without recursion, however deep it is. Stateless. */
public final class TreeWalk {
  private TreeWalk() {}

  /**
   * Lists a directory.
   *
   * @param <N> the format's description of a node
   */
  @FunctionalInterface
  public interface Children<N> {
    /**
     * Returns the entries of a directory that the walk is to visit, in order; none for other nodes.
     * It must itself stop at cycles in an image.
     *
     * @throws ErrnoException EIO if the image is malformed
     */
    List<TreeEntry<N>> of(TreeEntry<N> entry) throws ErrnoException;
  }

  /**
   * Returns a whole tree: the root, then each directory before its entries.
   *
   * @throws ErrnoException as {@code children} does
   */
  public static <N> List<TreeEntry<N>> of(N root, Children<N> children) throws ErrnoException {
    List<TreeEntry<N>> entries = new ArrayList<>();
    Deque<TreeEntry<N>> pending = new ArrayDeque<>(List.of(TreeEntry.root(root)));
    while (!pending.isEmpty()) {
      TreeEntry<N> entry = pending.pop();
      entries.add(entry);
      children.of(entry).reversed().forEach(pending::push);
    }
    return entries;
  }
}
