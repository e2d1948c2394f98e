package dev.nommu.cli.fit;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.text.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A report of the outcome of a workload. */
final class FitReport {
  private final Outcome outcome;
  private final List<Remedy> remedies;
  private final Palette palette;
  private final List<String> lines = new ArrayList<>();

  FitReport(Outcome outcome, List<Remedy> remedies, Palette palette) {
    this.outcome = outcome;
    this.remedies = remedies;
    this.palette = palette;
  }

  /** Returns the lines. */
  List<String> lines() {
    List<String> table = Columns.lay(rows(), palette);
    lines.add(table.getFirst());
    lines.add(table.get(1));
    for (int i = 0; i < outcome.steps().size(); i++) {
      lines.add(table.get(i + 2));
      outcome.steps().get(i).failures().forEach(failure -> lines.add("    " + reason(failure)));
    }
    lines.add("");
    lines.add(verdict());
    if (!remedies.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Colour.STRONG, "Also tried"));
      remedies.forEach(remedy -> lines.add("  %s: %s".formatted(remedy.what(), remedy.result())));
    }
    return lines;
  }

  private List<List<Cell>> rows() {
    List<List<Cell>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(wide("free"), wide("largest")));
    IntStream.range(0, outcome.start().blocks().size())
        .forEach(order -> head.add("%3d".formatted(order)));
    head.addAll(List.of(wide("taken"), "step"));
    rows.add(head.stream().map(text -> new Cell(text, Colour.STRONG)).toList());
    rows.add(row(outcome.start(), "", Cell.of("at the start")));
    for (Step step : outcome.steps()) {
      Cell name = new Cell(step.what(), step.fits() ? Colour.PLAIN : Colour.RED);
      rows.add(row(step.after(), FreeMemory.kib(step.taken()), name));
    }
    return rows;
  }

  private static List<Cell> row(FreeMemory free, String taken, Cell step) {
    List<String> row = new ArrayList<>();
    row.add(wide(FreeMemory.kib(free.bytes())));
    row.add(wide(FreeMemory.kib(free.largest())));
    free.blocks().forEach(count -> row.add("%3d".formatted(count)));
    row.add(wide(taken));
    return Stream.concat(row.stream().map(Cell::of), Stream.of(step)).toList();
  }

  /** Numbers are right-aligned. */
  private static String wide(String text) {
    return "%11s".formatted(text);
  }

  private static String reason(ErrnoException failure) {
    return failure.errno() + ": " + failure.getMessage();
  }

  private String verdict() {
    int misfits = outcome.misfits().size();
    return misfits == 0
        ? palette.paint(Colour.GREEN, "everything fits")
        : palette.paint(
            Colour.RED, "%d of %d steps do not fit".formatted(misfits, outcome.steps().size()));
  }
}
