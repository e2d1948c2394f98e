package dev.nommu.cli.matrix;

import dev.nommu.tck.trail.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Trials of one subject in one row of the document with the same outcome.
 *
 * @param tried the subject
 * @param trials differ only in the protections; never empty
 */
record Entry(Tried tried, List<Trial> trials) {
  /** Returns the entries of a row of the document. */
  static List<Entry> of(Matrix matrix, DocumentRow row) {
    List<Entry> entries = new ArrayList<>();
    for (Tried tried : matrix.tried()) {
      List<Trial> left =
          new ArrayList<>(tried.trials().stream().filter(trial -> trial.row() == row).toList());
      while (!left.isEmpty()) {
        Trial first = left.getFirst();
        List<Trial> alike = left.stream().filter(first::agreesWith).toList();
        entries.add(new Entry(tried, alike));
        left.removeAll(alike);
      }
    }
    return entries;
  }

  /** Returns the protections, such as {@code "r x rx"}. */
  String permissions() {
    return trials.stream()
        .map(trial -> trial.permission().toString())
        .collect(Collectors.joining(" "));
  }

  /** Returns the outcome of the requests. */
  Decision first() {
    return trials.getFirst().first();
  }

  /** Returns the outcome of the repeated requests, or {@code "-"}. */
  String again() {
    return trials.getFirst().again().map(Entry::words).orElse("-");
  }

  /** Returns outcome and rule. */
  static String words(Decision decision) {
    return decision.outcome() + " " + decision.rule().id();
  }
}
