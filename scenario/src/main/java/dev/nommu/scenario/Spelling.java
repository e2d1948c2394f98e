package dev.nommu.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that somebody who wrote an unknown one probably meant. */
final class Spelling {
  private static final int LONGEST_NAME = 40;

  private Spelling() {}

  /**
   * Returns the known name that is fewest edits away, the first in order of the alphabet if there
   * are several; empty if none is nearer than a third of the name's length.
   */
  static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    int limit = Math.max(1, name.length() / 3);
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
        .filter(candidate -> edits(name, candidate) <= limit);
  }

  /** Returns how many characters must be put in, left out or changed to make one of the other. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
