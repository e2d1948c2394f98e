package dev.nommu.bench.report;

import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The directory of the project's performance documentation.
 *
 * @param folder the directory with PERFORMANCE.md
 */
public record Docs(Path folder) {
  private static final String BEGIN = "<!-- results -->";
  private static final String END = "<!-- end of results -->";

  /**
   * Writes the measurements, the picture, and the table between the two markers in PERFORMANCE.md.
   *
   * @throws IOException if a file cannot be written, or PERFORMANCE.md has no markers
   */
  public void write(Host host, List<Result> results) throws IOException {
    Files.writeString(folder.resolve("performance.json"), JsonReport.of(host, results));
    for (Result result : results) {
      if (result.row().what().contains("mappings alive")) {
        Files.writeString(folder.resolve("performance-growth.svg"), GrowthPicture.of(result));
      }
    }
    Path file = folder.resolve("PERFORMANCE.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("%s: expected %s and %s".formatted(file, BEGIN, END));
    }
    String before = text.substring(0, begin + BEGIN.length());
    Files.writeString(file, before + "\n" + table(host, results) + text.substring(end));
  }

  private static String table(Host host, List<Result> results) {
    StringBuilder table = new StringBuilder("\n" + host + "\n\n");
    table.append("| operation | goal | measured | verdict |\n| --- | --- | --- | --- |\n");
    for (Result result : results) {
      for (Goal goal : result.row().goals()) {
        table.append(line(result, goal));
      }
    }
    return table + "\n";
  }

  private static String line(Result result, Goal goal) {
    return "| %s | %s | %s | %s |%n"
        .formatted(
            result.row().what(),
            goal.text(),
            goal.figure().format(result.measured()),
            goal.verdict(result.measured()).name().toLowerCase(Locale.ROOT));
  }
}
