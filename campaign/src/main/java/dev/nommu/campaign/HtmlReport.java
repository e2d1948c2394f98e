package dev.nommu.campaign;

import dev.nommu.campaign.CampaignReport.LostRange;
import dev.nommu.tck.session.Coverage.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A self-contained page: findings first, then coverage. */
final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
        background: light-dark(#fff, #16181b); color: light-dark(#1b1b1b, #dcdcdc); }
      table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
      td, th { border-bottom: 1px solid #8884; padding: .25rem .5rem; text-align: left; vertical-align: top; }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
      pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      .wrong { color: light-dark(#b3261e, #ff8a80); font-weight: 600; }
      .sound { color: light-dark(#17753a, #7ad39b); }
      """;

  private HtmlReport() {}

  static String of(CampaignReport report) {
    String title = "Campaign: " + String.join(", ", report.plan().plugins());
    return Stream.of(
            "<!DOCTYPE html>",
            "<html lang=\"en\"><meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "<title>%s</title>".formatted(escape(title)),
            "<style>\n%s</style>".formatted(STYLE),
            "<h1>%s</h1>".formatted(escape(title)),
            "<p>%s</p>".formatted(escape(report.summary())),
            verdict(report),
            lost(report.lost()),
            found("What is wrong", report, true),
            found("What the profiles disagree about", report, false),
            members(report),
            reached("Rules", Kind.RULE, report),
            reached("Outcomes of calls", Kind.OUTCOME, report),
            reached("Answers of the plugin", Kind.ANSWER, report),
            reached("Faults that were made to happen", Kind.FAULT, report),
            "</html>\n")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String verdict(CampaignReport report) {
    return report.isSound()
        ? "<p class=\"sound\">Nothing is wrong so far.</p>"
        : "<p class=\"wrong\">Something is wrong.</p>";
  }

  private static String lost(List<LostRange> lost) {
    return lost.stream()
        .map(each ->
            "<p class=\"wrong\">%s, %s, %s: seeds %s did not come back, the last time at seed %d</p>"
                .formatted(
                    escape(each.plugin()),
                    each.work().id(),
                    each.profile().id(),
                    each.seeds(),
                    each.seed()))
        .collect(Collectors.joining("\n"));
  }

  private static String found(String title, CampaignReport report, boolean isWrong) {
    List<Map.Entry<Cause, Sighting>> found =
        new TreeMap<>(report.harvest().sightings())
            .entrySet().stream().filter(each -> each.getKey().isWrong() == isWrong).toList();
    String head = "<tr><th>what<th>profile<th class=\"n\">count<th class=\"n\">first seed<th>calls";
    return table(
        title,
        head,
        found.stream().map(each -> row(report, each.getKey(), each.getValue())).toList());
  }

  private static String row(CampaignReport report, Cause cause, Sighting sighting) {
    Optional<KeptFinding> kept = Optional.ofNullable(report.kept().get(cause));
    String calls =
        kept.map(found -> String.join("\n", found.session()) + notes(found.notes()))
            .orElse("not yet shrunk");
    String capsule = kept.map(found -> "<br>" + escape(found.capsule())).orElse("");
    return String.format(
        Locale.ROOT,
        "<tr><td>%s %s<br>%s%s<td>%s<td class=\"n\">%,d<td class=\"n\">%d<td><pre>%s</pre>",
        escape(cause.rule()),
        escape(cause.method()),
        escape(sighting.what()),
        capsule,
        cause.profile(),
        sighting.count(),
        sighting.firstSeed(),
        escape(calls));
  }

  private static String notes(List<String> notes) {
    return notes.stream().map("\n# "::concat).collect(Collectors.joining());
  }

  private static String members(CampaignReport report) {
    return counts("Members", "member", "seeds", new TreeMap<>(report.shares()));
  }

  /** An empty table shows that nothing of the kind was reached. */
  private static String reached(String title, Kind kind, CampaignReport report) {
    SortedMap<String, Long> reached = report.harvest().reached(kind);
    if (reached.isEmpty() && (kind != Kind.FAULT || report.plan().works().contains(Work.FAULTS))) {
      return "<h2>%s</h2>%n<p class=\"wrong\">None was reached.</p>".formatted(title);
    }
    return counts(title, kind.name().toLowerCase(Locale.ROOT), "times", reached);
  }

  private static String counts(String title, String of, String unit, Map<String, Long> counts) {
    return table(
        title,
        "<tr><th>%s<th class=\"n\">%s".formatted(of, unit),
        counts.entrySet().stream()
            .map(each ->
                String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td class=\"n\">%,d",
                    escape(each.getKey()),
                    each.getValue()))
            .toList());
  }

  private static String table(String title, String head, List<String> rows) {
    return rows.isEmpty()
        ? ""
        : "<h2>%s</h2>%n<table>%n%s%n%s%n</table>".formatted(title, head, String.join("\n", rows));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
