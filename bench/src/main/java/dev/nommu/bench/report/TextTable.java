package dev.nommu.bench.report;

import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Result;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.text.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of goals, for a terminal. */
public final class TextTable {
  private static final List<Cell> HEAD = cells("verdict", "goal", "measured", "operation");

  private TextTable() {}

  /** Returns a header, and a line for each goal with its verdict. */
  public static String of(List<Result> results) {
    List<List<Cell>> rows = new ArrayList<>(List.of(HEAD));
    for (Result result : results) {
      for (Goal goal : result.row().goals()) {
        rows.add(row(result, goal));
      }
    }
    return String.join("\n", Columns.lay(rows, Palette.NONE)) + "\n";
  }

  private static List<Cell> row(Result result, Goal goal) {
    return cells(
        goal.verdict(result.measured()).name().toLowerCase(Locale.ROOT),
        goal.text(),
        goal.figure().format(result.measured()),
        result.row().what());
  }

  private static List<Cell> cells(String... texts) {
    return Stream.of(texts).map(Cell::of).toList();
  }
}
