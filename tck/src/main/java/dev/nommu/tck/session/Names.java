package dev.nommu.tck.session;

import dev.nommu.tck.session.Targets.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The names of a tree in a session that is being made, and which of them are probably there. */
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

  /** Returns the path of what is not a directory, if the tree has some. */
  String file() {
    return anyOf(tree.files().isEmpty() ? tree.directories() : tree.files());
  }

  /** Returns a path of any kind. */
  String any() {
    return random.nextBoolean() ? directory() : file();
  }

  /** Returns a path at which something is, as far as is known. */
  String known() {
    return there.isEmpty() || random.nextInt(4) == 0 ? any() : anyOf(there);
  }

  /** Changes whether it is mounted, and returns whether it is then, as far as is known. */
  boolean mountOrUnmount() {
    isMounted = !isMounted;
    return isMounted;
  }

  /** Changes whether it can be written, and returns whether it cannot then. */
  boolean lockOrUnlock() {
    isReadOnly = !isReadOnly;
    return isReadOnly;
  }

  /** Something was made at a path. */
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
