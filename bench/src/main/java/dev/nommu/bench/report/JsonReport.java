package dev.nommu.bench.report;

import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Result;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All measurements and verdicts as JSON. */
public final class JsonReport {
  private JsonReport() {}

  /** Returns a document with the host and, for each row, its measurements and goals. */
  public static String of(Host host, List<Result> results) {
    return """
    {
      "host": {"date": %s, "processor": %s, "processors": %d, "system": %s, "jvm": %s},
      "rows": [
    %s
      ]
    }
    """
        .formatted(
            quoted(host.date()),
            quoted(host.processor()),
            host.processors(),
            quoted(host.system()),
            quoted(host.jvm()),
            joined(results.stream().map(JsonReport::row).toList()));
  }

  private static String row(Result result) {
    return """
        {
          "what": %s,
          "measured": [
    %s
          ],
          "goals": [
    %s
          ]
        }\
    """
        .formatted(
            quoted(result.row().what()),
            joined(result.measured().values().stream().map(JsonReport::measurement).toList()),
            joined(result.row().goals().stream().map(goal -> goal(result, goal)).toList()));
  }

  private static String joined(List<String> objects) {
    return objects.stream().collect(Collectors.joining(",\n"));
  }

  private static String measurement(Measurement measured) {
    return "        {\"name\": %s, \"figure\": %s, \"error\": %s, \"unit\": %s}"
        .formatted(
            quoted(measured.name()),
            number(measured.figure()),
            number(measured.error()),
            quoted(measured.unit().name().toLowerCase(Locale.ROOT)));
  }

  private static String goal(Result result, Goal goal) {
    return "        {\"goal\": %s, \"figure\": %s, \"verdict\": %s}"
        .formatted(
            quoted(goal.text()),
            number(goal.figure().of(result.measured())),
            quoted(goal.verdict(result.measured()).name().toLowerCase(Locale.ROOT)));
  }

  private static String number(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.6g", number) : "null";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
