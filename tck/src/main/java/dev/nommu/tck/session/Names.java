package dev.nommu.tck.session;

import dev.nommu.tck.session.Targets.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The names of a tree in a session being generated, and which of them probably exist. */
final class Names {
  private final Tree tree;
  private final Random random;
  private final List<String> there;
  private boolean isMounted = true;
  private boolean isReadOnly;

  Names(Tree tree, Random random) {
    this.tree = tree;
    this.random = random;
    this.there = new ArrayList<>(tree.made().stream().skip(1).toList());
  }

  Tree tree() {
    return tree;
  }

  private String anyOf(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Returns the path of a directory. */
  String directory() {
    return anyOf(tree.directories());
  }

  /** Returns the path of a file other than a directory, if the tree has one. */
  String file() {
    return anyOf(tree.files().isEmpty() ? tree.directories() : tree.files());
  }

  /** Returns a path of any kind. */
  String any() {
    return random.nextBoolean() ? directory() : file();
  }

  /** Returns a path that exists, as far as is known. */
  String known() {
    return there.isEmpty() || random.nextInt(4) == 0 ? any() : anyOf(there);
  }

  /** Toggles whether it is mounted, and returns the new state, as far as is known. */
  boolean mountOrUnmount() {
    isMounted = !isMounted;
    return isMounted;
  }

  /** Toggles whether it is read-only, and returns the new state. */
  boolean lockOrUnlock() {
    isReadOnly = !isReadOnly;
    return isReadOnly;
  }

  /** A path was created. */
  void made(String path) {
    if (!there.contains(path)) {
      there.add(path);
    }
  }

  /** A path was removed, unless something is below it. */
  void gone(String path) {
    if (there.stream().noneMatch(each -> isBelow(path, each))) {
      there.remove(path);
    }
  }

  /** A path was moved, with everything below it, if that is possible. */
  void moved(String from, String to) {
    if (there.contains(from) && !to.equals(from) && !isBelow(from, to)) {
      List<String> moved =
          there.stream().filter(each -> each.equals(from) || isBelow(from, each)).toList();
      there.removeAll(moved);
      moved.forEach(each -> made(to + each.substring(from.length())));
    }
  }

  private static boolean isBelow(String directory, String path) {
    return path.startsWith(directory + "/");
  }
}
