package dev.nommu.cli.fit;

import dev.nommu.cli.Run;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What {@code fit} has written. */
final class FitOutput {
  private static final Pattern ROW =
      Pattern.compile("(?: +\\d+ KiB){2}(?: +\\d+){11} +-?\\d+ KiB  (.*)");

  private FitOutput() {}

  /** Returns the steps below which there is a reason that begins with ENOMEM. */
  static List<String> misfits(Run run) {
    List<String> lines = run.out().lines().toList();
    return IntStream.range(1, lines.size())
        .filter(i -> lines.get(i).startsWith("    ENOMEM: "))
        .mapToObj(i -> step(lines.get(i - 1)))
        .toList();
  }

  private static String step(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new AssertionError("no step: " + line);
    }
    return row.group(1);
  }
}
