package dev.nommu.cli.matrix;

import dev.nommu.tck.trail.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a matrix as comma-separated values, one line a trial. */
final class CsvLayout {
  private static final List<String> HEADING =
      List.of(
          "document_lines",
          "document_row",
          "kind",
          "path",
          "alike",
          "provider",
          "sharing",
          "protection",
          "outcome",
          "rule",
          "decided_by",
          "again_outcome",
          "again_rule");

  private CsvLayout() {}

  static List<String> write(Matrix matrix) {
    List<String> lines = new ArrayList<>(List.of(line(HEADING.stream())));
    for (Tried tried : matrix.tried()) {
      tried.trials().stream().map(trial -> line(tried, trial)).forEach(lines::add);
    }
    return lines;
  }

  private static String line(Tried tried, Trial trial) {
    Optional<Decision> again = trial.again();
    return line(
        Stream.of(
            trial.row().lines(),
            trial.row().title(),
            tried.subject().kind().toString(),
            tried.subject().path(),
            String.join(" ", tried.alike()),
            tried.subject().provider(),
            trial.sharing().toString().toLowerCase(Locale.ROOT),
            trial.permission().toString(),
            trial.first().outcome().toString(),
            trial.first().rule().id(),
            trial.first().decidedBy(),
            again.map(decision -> decision.outcome().toString()).orElse(""),
            again.map(decision -> decision.rule().id()).orElse("")));
  }

  private static String line(Stream<String> fields) {
    return fields.map(CsvLayout::field).collect(Collectors.joining(","));
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
