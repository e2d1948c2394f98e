package dev.nommu.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that an unknown one probably stands for. */
final class Spelling {
  private static final int LONGEST_NAME = 40;

  private Spelling() {}

  /**
   * Returns the known name with the fewest edits, the alphabetically first if there are several;
   * empty if none is nearer than a third of the name's length.
   */
  static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    int limit = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= limit)
        .map(candidate -> new Candidate(candidate, edits(name, candidate)))
        .filter(candidate -> candidate.edits <= limit)
        .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private record Candidate(String name, int edits) {}

  /**
   * Returns the number of characters to insert, delete, change or swap with a neighbour to turn one
   * into the other.
   */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : lastEdit(edits, from, i, to, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int lastEdit(int[][] edits, String from, int i, String to, int j) {
    int changed = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int best = Math.min(changed, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, 1 + edits[i - 2][j - 2]) : best;
  }
}
