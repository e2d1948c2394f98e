package dev.nommu.cli.check;

import dev.nommu.cli.check.Checked.Result;
import dev.nommu.tck.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;

/** A self-contained page: broken rules first, then a table of all rules. */
final class HtmlPage implements Report {
  private static final String STYLE =
      """
      body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; }
      table { border-collapse: collapse; width: 100%; }
      td, th { border-bottom: 1px solid #8884; padding: .25rem .5rem; text-align: left; vertical-align: top; }
      pre { margin: 0; white-space: pre-wrap; }
      .held { color: #17753a; } .skipped { color: #777; } .broken { color: #b3261e; font-weight: 600; }
      """;

  HtmlPage() {}

  @Override
  public void write(String place, List<Checked> checked, Writer to) throws IOException {
    to.write("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n");
    to.write("<title>%s</title>%n<style>%n%s</style>%n".formatted(escape(place), STYLE));
    to.write("<h1>%s</h1>%n".formatted(escape(place)));
    for (Checked each : checked) {
      plugin(each, to);
    }
    to.write("</html>\n");
  }

  private static void plugin(Checked checked, Writer to) throws IOException {
    to.write("<h2>%s</h2>%n<p>%s</p>%n".formatted(escape(checked.type()), checked.counts()));
    if (checked.failure().isPresent()) {
      to.write("<p class=\"broken\">%s</p>%n".formatted(escape(checked.failure().get())));
    }
    for (String note : checked.notes()) {
      to.write("<p>%s</p>%n".formatted(escape(note)));
    }
    to.write("<table>\n<tr><th>about<th>rule<th>verdict\n");
    List<Result> brokenFirst =
        checked.results().stream()
            .sorted(Comparator.comparing(Result::isBroken).reversed())
            .toList();
    for (Result result : brokenFirst) {
      row(result, to);
    }
    to.write("</table>\n");
  }

  private static void row(Result result, Writer to) throws IOException {
    to.write(
        "<tr><td>%s<td>%s<td>%s%n"
            .formatted(escape(result.about()), escape(result.name()), verdict(result)));
  }

  private static String verdict(Result result) {
    return switch (result.verdict()) {
      case Verdict.Held held -> "<span class=\"held\">kept</span>";
      case Verdict.Skipped(String reason) ->
          "<span class=\"skipped\">skipped: %s</span>".formatted(escape(reason));
      case Verdict.Broken broken ->
          "<pre class=\"broken\">%s</pre>"
              .formatted(escape(String.join("\n", result.text().lines().skip(1).toList())));
    };
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
