package dev.nommu.cli.campaign;

import dev.nommu.campaign.CampaignReport;
import dev.nommu.campaign.CampaignReport.Ending;
import dev.nommu.campaign.CampaignReport.LostRange;
import dev.nommu.campaign.Cause;
import dev.nommu.campaign.KeptFinding;
import dev.nommu.campaign.Sighting;
import dev.nommu.cli.text.Printable;
import dev.nommu.tck.session.Coverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The summary of a campaign, for the user who started it.
 *
 * @param folder the folder of its results
 */
record CampaignSummary(CampaignReport report, Path folder) {
  /** Returns it as lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(report.harvest().sightings())
        .forEach((cause, sighting) -> lines.addAll(found(cause, sighting)));
    report.lost().forEach(lost -> lines.add(lost(lost)));
    lines.add("reached " + reached());
    lines.add(report.summary());
    if (report.ending() != Ending.COMPLETE) {
      lines.add("to go on: nommu campaign --resume --report " + folder);
    }
    lines.add("report: " + folder.resolve("report.html"));
    return lines;
  }

  private List<String> found(Cause cause, Sighting sighting) {
    String word = cause.isWrong() ? "wrong  " : "differs";
    Optional<KeptFinding> kept = Optional.ofNullable(report.kept().get(cause));
    String first =
        Printable.of(
            String.format(
                Locale.ROOT,
                "%s %s %s, %s, %s: %,d times, first by seed %d",
                word,
                cause.rule(),
                cause.method(),
                cause.work().id(),
                cause.profile(),
                sighting.count(),
                sighting.firstSeed()));
    String second =
        kept.map(found ->
                "        %d calls: nommu run --plugin JAR %s"
                    .formatted(found.steps(), folder.resolve(found.capsule())))
            .orElse("        not yet shrunk");
    return List.of(first, second);
  }

  private static String lost(LostRange lost) {
    return "lost    %s, %s, %s: seeds %s were begun three times and never finished, the last time at seed %d"
        .formatted(lost.plugin(), lost.work().id(), lost.profile().id(), lost.seeds(), lost.seed());
  }

  private String reached() {
    return "%d rules, %d outcomes of calls, %d answers of the plugin"
        .formatted(
            report.harvest().reached(Coverage.Kind.RULE).size(),
            report.harvest().reached(Coverage.Kind.OUTCOME).size(),
            report.harvest().reached(Coverage.Kind.ANSWER).size());
  }
}
