package dev.nommu.cli.matrix;

import dev.nommu.tck.trail.Decision;
import dev.nommu.tck.trail.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a matrix as a page of documentation, with links to the rules. */
final class MarkdownLayout {
  private MarkdownLayout() {}

  static List<String> write(Matrix matrix, String setting) {
    List<String> lines = new ArrayList<>(List.of("# What can be mapped", "", text(setting)));
    for (DocumentRow row : DocumentRow.values()) {
      lines.addAll(List.of("", "## " + text(row.title()), ""));
      lines.addAll(List.of("`nommu-mmap.txt`, lines " + row.lines(), ""));
      lines.addAll(table(Entry.of(matrix, row)));
    }
    if (!matrix.unopened().isEmpty()) {
      lines.addAll(List.of("", "## Could not be opened", ""));
      matrix.unopened().stream()
          .map(each -> "- " + code(each.subject().path()) + ": " + text(each.reason()))
          .forEach(lines::add);
    }
    return lines;
  }

  private static List<String> table(List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of("Nothing to try it on.");
    }
    List<String> lines = new ArrayList<>();
    lines.add("| what | of | protection | outcome | again | decided by |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    for (Entry entry : entries) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  name(entry.tried()),
                  text(entry.tried().subject().provider()),
                  entry.permissions(),
                  words(Optional.of(entry.first())),
                  words(entry.trials().getFirst().again()),
                  code(entry.first().decidedBy())));
    }
    return lines;
  }

  private static String name(Tried tried) {
    List<String> names = new ArrayList<>(List.of(tried.subject().path()));
    names.addAll(tried.alike());
    return tried.subject().path().isEmpty()
        ? tried.subject().kind().toString()
        : String.join(" ", names.stream().map(MarkdownLayout::code).toList());
  }

  private static String words(Optional<Decision> decision) {
    return decision.map(made -> made.outcome() + " " + link(made)).orElse("-");
  }

  /** The page is expected next to the rules, in docs. */
  private static String link(Decision decision) {
    String id = decision.rule().id();
    return "[%s](%s)".formatted(id, Remark.reference(decision.rule()).replaceFirst("^docs/", ""));
  }

  private static String code(String text) {
    return "`" + text.replace("`", "'").replace("|", "\\|") + "`";
  }

  private static String text(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
