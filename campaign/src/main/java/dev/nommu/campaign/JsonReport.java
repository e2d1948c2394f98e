package dev.nommu.campaign;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.nommu.campaign.CampaignReport.LostRange;
import dev.nommu.tck.session.Coverage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A machine-readable report. */
final class JsonReport {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();

  private JsonReport() {}

  /** The contents of the report; component names are the keys. */
  private record Document(
      int format,
      Plan plan,
      String ending,
      long seedsRun,
      long seedsInAll,
      long sessions,
      double seconds,
      double sessionsPerSecond,
      @Nullable Long secondsRemaining,
      Map<String, Long> members,
      Map<String, Map<String, Long>> coverage,
      List<Found> found,
      List<LostRange> lost) {}

  private record Found(
      Cause cause,
      boolean isWrong,
      long count,
      long firstSeed,
      String what,
      @Nullable String capsule,
      List<String> session,
      List<String> notes) {}

  static String of(CampaignReport report) {
    Harvest harvest = report.harvest();
    return GSON.toJson(
        new Document(
            1,
            report.plan(),
            report.ending().name().toLowerCase(Locale.ROOT),
            harvest.seeds(),
            report.plan().total(),
            harvest.sessions(),
            report.took().toMillis() / 1000.0,
            report.pace().sessionsPerSecond(),
            report.remaining().map(Duration::toSeconds).orElse(null),
            new TreeMap<>(report.shares()),
            coverage(harvest),
            new TreeMap<>(harvest.sightings())
                .entrySet().stream()
                    .map(each -> found(report, each.getKey(), each.getValue()))
                    .toList(),
            report.lost()));
  }

  private static Map<String, Map<String, Long>> coverage(Harvest harvest) {
    return Stream.of(Coverage.Kind.values())
        .collect(
            Collectors.toMap(
                kind -> kind.name().toLowerCase(Locale.ROOT),
                kind -> harvest.reached(kind),
                (one, other) -> one,
                TreeMap::new));
  }

  private static Found found(CampaignReport report, Cause cause, Sighting sighting) {
    Optional<KeptFinding> kept = Optional.ofNullable(report.kept().get(cause));
    return new Found(
        cause,
        cause.isWrong(),
        sighting.count(),
        sighting.firstSeed(),
        sighting.what(),
        kept.map(KeptFinding::capsule).orElse(null),
        kept.map(KeptFinding::session).orElse(List.of()),
        kept.map(KeptFinding::notes).orElse(List.of()));
  }
}
