package dev.nommu.campaign;

import com.google.gson.JsonParseException;
import dev.nommu.api.Profile;
import dev.nommu.tck.session.Capsule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The plan of a campaign, the same for each member.
 *
 * @param version of nommu, as {@link Capsule#VERSION}: other versions generate other sessions from
 *     a seed
 * @param plugins the names of the classes under test, one or more
 * @param digest of the code under test and of the board, so that a campaign is not resumed with
 *     others; any text
 * @param origin where the plugins come from, so that the campaign can be resumed; any text
 * @param works the work to do with each seed, at least one kind
 * @param profiles the profiles of sessions and faults, at least one
 * @param seeds for each plugin, work and profile
 * @param steps the length of a session, 1 or more
 */
public record Plan(
    String version,
    List<String> plugins,
    String digest,
    String origin,
    List<Work> works,
    List<Profile> profiles,
    Seeds seeds,
    int steps) {
  /** The length of the sessions of {@code nommu check}. */
  public static final int USUAL_STEPS = 60;

  private static final int MOST_IN_RANGE = 100;
  private static final int MOST_RANGES = 1 << 24;

  /**
   * Takes immutable copies.
   *
   * @throws IllegalArgumentException if there is nothing to do, or too many seeds to count
   */
  public Plan {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(origin, "origin");
    plugins = List.copyOf(plugins);
    works = List.copyOf(works);
    profiles = List.copyOf(profiles);
    if (plugins.isEmpty() || works.isEmpty() || profiles.isEmpty() || steps < 1) {
      throw new IllegalArgumentException(
          "plan: expected a plugin, work, a profile and a step or more, found %s, %s, %s and %d"
              .formatted(plugins, works, profiles, steps));
    }
    long most = Long.MAX_VALUE / ((long) plugins.size() * works.size() * profiles.size());
    if (seeds.count() > most) {
      throw new IllegalArgumentException(
          "plan: expected at most %d seeds for each plugin, work and profile, found %s"
              .formatted(most, seeds));
    }
  }

  /** Returns a plan of sessions as {@code nommu check} runs them, under both profiles. */
  public static Plan ofSessions(List<TestedPlugin> plugins, Seeds seeds) {
    return new Plan(
        Capsule.VERSION,
        plugins.stream().map(TestedPlugin::type).toList(),
        "",
        "",
        List.of(Work.SESSIONS),
        List.of(Profile.values()),
        seeds,
        USUAL_STEPS);
  }

  /** Returns it as JSON. */
  public String toJson() {
    return StateText.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Plan parse(String json) {
    try {
      return StateText.readPlan(json);
    } catch (JsonParseException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  /**
   * The work to do with each seed of a range.
   *
   * @param plugin the name of the class
   * @param profile the profile; a comparison of profiles runs under both
   */
  record Assignment(String plugin, Work work, Profile profile) {}

  /**
   * Seeds run by one worker.
   *
   * @param number of the range, counted from 0
   */
  record Range(int number, Assignment assignment, Seeds seeds) {}

  /** Returns the work to do with each seed. */
  List<Assignment> assignments() {
    List<Assignment> all = new ArrayList<>();
    for (String plugin : plugins) {
      for (Work work : works) {
        List<Profile> under = work == Work.PROFILES ? List.of(Profile.DOCUMENT) : profiles;
        under.forEach(profile -> all.add(new Assignment(plugin, work, profile)));
      }
    }
    return all;
  }

  /** A sweep runs a session some hundred times, so its ranges are smaller. */
  private long inRange() {
    long most = works.contains(Work.FAULTS) ? 1 : MOST_IN_RANGE;
    long usual = Math.clamp(seeds.count() / 1000, 1, most);
    return Math.max(usual, seeds.count() / (MOST_RANGES / assignments().size()));
  }

  /** Returns the number of ranges. */
  int ranges() {
    return Math.toIntExact(assignments().size() * Math.ceilDiv(seeds.count(), inRange()));
  }

  /** Returns a range; ranges alternate between assignments. */
  Range range(int number) {
    List<Assignment> all = assignments();
    long first = seeds.first() + number / all.size() * inRange();
    long last = first + Math.min(inRange() - 1, seeds.last() - first);
    return new Range(number, all.get(number % all.size()), new Seeds(first, last));
  }

  /** Returns the number of seeds to run, over all assignments. */
  public long total() {
    return Math.multiplyExact(seeds.count(), (long) assignments().size());
  }
}
