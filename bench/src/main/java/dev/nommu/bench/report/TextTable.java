package dev.nommu.bench.report;

import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of goals, for a terminal. */
public final class TextTable {
  private static final List<String> HEAD = List.of("", "goal", "measured", "what");

  private TextTable() {}

  /** Returns a line for each goal, and how many of them are reached. */
  public static String of(List<Result> results) {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    for (Result result : results) {
      for (Goal goal : result.row().goals()) {
        lines.add(line(result, goal));
      }
    }
    int[] widths = IntStream.range(0, HEAD.size()).map(column -> width(lines, column)).toArray();
    return lines.stream()
        .map(line -> aligned(line, widths))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> line(Result result, Goal goal) {
    return List.of(
        goal.verdict(result.measured()).name().toLowerCase(Locale.ROOT),
        goal.text(),
        goal.figure().format(result.measured()),
        result.row().what());
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String aligned(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = line.get(column);
      text.append(cell).repeat(' ', widths[column] - cell.length() + 2);
    }
    return text.toString().stripTrailing();
  }
}
