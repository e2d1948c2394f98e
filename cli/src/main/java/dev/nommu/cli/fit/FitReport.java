package dev.nommu.cli.fit;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.text.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What came of a workload, in words. */
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
      lines.add(palette.paint(Colour.STRONG, "What else was tried"));
      remedies.forEach(
          remedy -> lines.add("  %s: %s".formatted(remedy.what(), remedy.against(outcome))));
    }
    return lines;
  }

  private List<List<Cell>> rows() {
    List<List<Cell>> rows = new ArrayList<>();
    List<Cell> head = new ArrayList<>(cells("step", "taken", "free", "largest"));
    IntStream.range(0, outcome.start().blocks().size())
        .forEach(order -> head.add(Cell.of("%4d".formatted(order))));
    rows.add(head.stream().map(cell -> new Cell(cell.text(), Colour.STRONG)).toList());
    rows.add(row(Cell.of("at the start"), "", outcome.start()));
    for (Step step : outcome.steps()) {
      Cell name = new Cell(step.what(), step.fits() ? Colour.PLAIN : Colour.RED);
      rows.add(row(name, FreeMemory.kib(step.taken()), step.after()));
    }
    return rows;
  }

  private static List<Cell> cells(String... texts) {
    return List.of(texts).stream().map(Cell::of).toList();
  }

  private static List<Cell> row(Cell name, String taken, FreeMemory free) {
    List<Cell> row = new ArrayList<>(List.of(name));
    row.addAll(cells(taken, FreeMemory.kib(free.bytes()), FreeMemory.kib(free.largest())));
    free.blocks().forEach(count -> row.add(Cell.of("%4d".formatted(count))));
    return row;
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
