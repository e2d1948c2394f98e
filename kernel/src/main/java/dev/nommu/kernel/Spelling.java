package dev.nommu.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that a misspelling was meant to be. */
final class Spelling {
  /** Characters of a name for each typing error that is allowed. */
  private static final int CHARACTERS_A_MISTAKE = 3;

  private Spelling() {}

  private record Pair(String found, String known, int distance) {
    boolean isNear() {
      return distance <= Math.max(1, known.length() / CHARACTERS_A_MISTAKE);
    }
  }

  /** Returns the known name nearest to one of those found, if any is near. */
  static Optional<String> nearest(List<String> found, Collection<String> known) {
    return found.stream()
        .flatMap(one -> known.stream().map(other -> new Pair(one, other, distance(one, other))))
        .filter(Pair::isNear)
        .min(Comparator.comparingInt(Pair::distance))
        .map(Pair::known);
  }

  /** Returns the number of insertions, deletions and replacements (Levenshtein). */
  static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[above.length];
      current[0] = row;
      for (int column = 1; column < above.length; column++) {
        int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        int moved = Math.min(above[column], current[column - 1]) + 1;
        current[column] = Math.min(replaced, moved);
      }
      above = current;
    }
    return above[to.length()];
  }
}
