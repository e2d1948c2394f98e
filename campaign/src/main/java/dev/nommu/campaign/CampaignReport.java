package dev.nommu.campaign;

import dev.nommu.api.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of a campaign.
 *
 * @param plan the plan
 * @param harvest the results of the seeds run
 * @param kept the findings saved as capsules
 * @param lost the ranges that were given up
 * @param took how long it has run, including earlier runs
 * @param pace the work since it was started or resumed
 * @param shares the number of seeds each member has run since then
 * @param ending how it ended
 */
public record CampaignReport(
    Plan plan,
    Harvest harvest,
    Map<Cause, KeptFinding> kept,
    List<LostRange> lost,
    Duration took,
    Pace pace,
    Map<String, Long> shares,
    Ending ending) {
  private static final double NANOS = 1e9;

  /**
   * A range of seeds that was given up: it was started three times and never finished.
   *
   * @param seeds the seeds of the range; all of them count as not run
   * @param seed the seed at which it was last lost
   */
  public record LostRange(String plugin, Work work, Profile profile, Seeds seeds, long seed) {}

  /**
   * The work done in a time.
   *
   * @param seeds the number of seeds
   * @param sessions the number of sessions
   * @param took the time
   */
  public record Pace(long seeds, long sessions, Duration took) {
    /** Returns the sessions per second. */
    public double sessionsPerSecond() {
      return sessions / seconds();
    }

    private double seconds() {
      return Math.max(took.toNanos(), 1) / NANOS;
    }
  }

  /** How a campaign ended. */
  public enum Ending {
    /** It is still running. */
    RUNNING,
    /** All seeds were run, except those given up. */
    COMPLETE,
    /** Its time ran out. */
    OUT_OF_TIME,
    /** It was stopped. */
    STOPPED
  }

  /** Takes immutable copies. */
  public CampaignReport {
    kept = Map.copyOf(kept);
    lost = List.copyOf(lost);
    shares = Map.copyOf(shares);
  }

  /** Returns how long the remaining seeds will take, if some were run. */
  public Optional<Duration> remaining() {
    if (pace.seeds() == 0) {
      return Optional.empty();
    }
    double left = plan.total() - (double) harvest.seeds();
    return Optional.of(Duration.ofSeconds(Math.round(left * pace.seconds() / pace.seeds())));
  }

  /** Returns the progress and the speed, on one line. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d seeds run, %,d sessions in %s (%.0f a second)%s; %d causes; %s",
        harvest.seeds(),
        plan.total(),
        harvest.sessions(),
        text(took),
        pace.sessionsPerSecond(),
        ending == Ending.COMPLETE ? "" : remaining().map(CampaignReport::left).orElse(""),
        harvest.sightings().keySet().stream().filter(Cause::isWrong).count(),
        ending.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String left(Duration remaining) {
    return ", %s left".formatted(text(remaining));
  }

  private static String text(Duration time) {
    return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  /** Returns whether there are no errors and no seed was given up. The profiles may differ. */
  public boolean isSound() {
    return !harvest.isWrong() && lost.isEmpty();
  }
}
