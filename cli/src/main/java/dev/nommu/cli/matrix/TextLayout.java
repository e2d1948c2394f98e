package dev.nommu.cli.matrix;

import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.text.Palette;
import dev.nommu.tck.trail.Decision;
import dev.nommu.tck.trail.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Writes a matrix for people at a terminal. */
final class TextLayout {
  private static final List<String> LEGEND =
      List.of(
          "zeroed: new memory; copied: new memory with a copy of the file; direct: the file's"
              + " backing store;",
          "shared: an existing mapping; again: the same request by a second process.",
          "Rules: docs/RULES.md; 'nommu explain' shows how a decision is made.");

  private final Palette palette;
  private final List<String> lines = new ArrayList<>();

  TextLayout(Palette palette) {
    this.palette = palette;
  }

  List<String> write(Matrix matrix, String setting) {
    lines.add(setting);
    LEGEND.stream().map(line -> palette.paint(Colour.FAINT, line)).forEach(lines::add);
    for (DocumentRow row : DocumentRow.values()) {
      List<Entry> entries = Entry.of(matrix, row);
      lines.add("");
      lines.add(
          palette.paint(Colour.STRONG, row.title()) + "  (nommu-mmap.txt " + row.lines() + ")");
      lines.addAll(entries.isEmpty() ? List.of("  nothing to try it on") : table(entries));
    }
    alike(matrix);
    unopened(matrix);
    return lines;
  }

  private List<String> table(List<Entry> entries) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(heading("", "what", "of", "protection", "outcome", "again", "decided by"));
    for (Entry entry : entries) {
      rows.add(
          List.of(
              Cell.of(""),
              Cell.of(name(entry.tried())),
              Cell.of(entry.tried().subject().provider()),
              Cell.of(entry.permissions()),
              new Cell(Entry.words(entry.first()), colour(entry.first())),
              Cell.of(entry.again()),
              Cell.of(entry.first().decidedBy())));
    }
    return Columns.lay(rows, palette);
  }

  private static List<Cell> heading(String... words) {
    return List.of(words).stream().map(word -> new Cell(word, Colour.FAINT)).toList();
  }

  private static String name(Tried tried) {
    Subject subject = tried.subject();
    String name = subject.path().isEmpty() ? subject.kind().toString() : subject.path();
    return tried.alike().isEmpty() ? name : name + " +" + tried.alike().size();
  }

  private static Colour colour(Decision decision) {
    return switch (decision.outcome()) {
      case Outcome.Made made ->
          switch (made) {
            case DIRECT, SHARED -> Colour.GREEN;
            case COPIED, ZEROED -> Colour.YELLOW;
          };
      case Outcome.Refused refused -> Colour.RED;
    };
  }

  private void alike(Matrix matrix) {
    List<Tried> several =
        matrix.tried().stream().filter(tried -> !tried.alike().isEmpty()).toList();
    if (!several.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Colour.STRONG, "Devices that answered alike"));
      several.stream()
          .map(tried -> "  " + name(tried) + ": " + String.join(" ", tried.alike()))
          .forEach(lines::add);
    }
  }

  private void unopened(Matrix matrix) {
    if (!matrix.unopened().isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Colour.STRONG, "Could not be opened"));
      matrix.unopened().stream()
          .map(each -> "  " + each.subject().path() + ": " + each.reason())
          .forEach(lines::add);
    }
  }
}
