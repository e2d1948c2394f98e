package dev.nommu.cli.check;

import dev.nommu.cli.check.Checked.Result;
import dev.nommu.tck.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The output format of the kernel's own tests: Documentation/dev-tools/ktap.rst, version 1. */
final class Ktap implements Report {
  Ktap() {}

  @Override
  public void write(String place, List<Checked> checked, Writer to) throws IOException {
    line(to, "KTAP version 1");
    line(to, "1.." + checked.size());
    int number = 0;
    for (Checked each : checked) {
      number++;
      subtest(each, to);
      line(to, "%s %d %s".formatted(each.isSound() ? "ok" : "not ok", number, each.type()));
    }
  }

  private static void subtest(Checked checked, Writer to) throws IOException {
    int rows = checked.results().size() + (checked.failure().isPresent() ? 1 : 0);
    line(to, "  KTAP version 1");
    line(to, "  # Subtest: " + checked.type());
    line(to, "  1.." + rows);
    int number = 0;
    for (Result result : checked.results()) {
      number++;
      result(number, result, to);
    }
    for (String note : checked.notes()) {
      line(to, "  # " + oneLine(note));
    }
    if (checked.failure().isPresent()) {
      line(to, "  not ok %d all rules are tested".formatted(number + 1));
      line(to, "  # " + oneLine(checked.failure().get()));
    }
  }

  private static void result(int number, Result result, Writer to) throws IOException {
    String name = "%d %s: %s".formatted(number, result.about(), result.name());
    switch (result.verdict()) {
      case Verdict.Held held -> line(to, "  ok " + description(name));
      case Verdict.Skipped(String reason) ->
          line(to, "  ok %s # SKIP %s".formatted(description(name), oneLine(reason)));
      case Verdict.Broken broken -> {
        line(to, "  not ok " + description(name));
        for (String part : result.text().lines().skip(1).toList()) {
          line(to, "  # " + part.strip());
        }
      }
    }
  }

  /** A description must not contain the mark of a directive. */
  private static String description(String name) {
    return oneLine(name).replace("#", "\\#");
  }

  private static String oneLine(String text) {
    return String.join(" ", text.lines().map(String::strip).toList());
  }

  private static void line(Writer to, String line) throws IOException {
    to.write(line);
    to.write('\n');
  }
}
