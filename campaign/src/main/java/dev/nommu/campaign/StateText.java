package dev.nommu.campaign;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.nommu.campaign.Ledger.Snapshot;
import dev.nommu.tck.session.Coverage.Point;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan, results and findings as text: JSON. */
final class StateText {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final String BETWEEN = "-";

  private StateText() {}

  private record Reached(Point point, long times) {}

  private record Found(Cause cause, Sighting sighting) {}

  private record Results(long seeds, long sessions, List<Reached> coverage, List<Found> found) {
    static Results of(Harvest harvest) {
      return new Results(
          harvest.seeds(),
          harvest.sessions(),
          new TreeMap<>(harvest.coverage())
              .entrySet().stream()
                  .map(each -> new Reached(each.getKey(), each.getValue()))
                  .toList(),
          new TreeMap<>(harvest.sightings())
              .entrySet().stream().map(each -> new Found(each.getKey(), each.getValue())).toList());
    }

    Harvest harvest() {
      return new Harvest(
          seeds,
          sessions,
          coverage.stream().collect(Collectors.toMap(Reached::point, Reached::times)),
          found.stream().collect(Collectors.toMap(Found::cause, Found::sighting)));
    }
  }

  private record State(String done, Map<Integer, Long> lost, Results results, long millis) {}

  /**
   * The last saved state of a campaign.
   *
   * @param snapshot of its ledger
   * @param millis how long it had been running
   */
  record Known(Snapshot snapshot, long millis) {
    /** The state of a new campaign. */
    static final Known NOTHING = new Known(Snapshot.NONE, 0);
  }

  static String write(Known known) {
    Snapshot so = known.snapshot();
    return GSON.toJson(
        new State(
            ranges(so.done()), new TreeMap<>(so.lost()), Results.of(so.harvest()), known.millis()));
  }

  /**
   * Parses this format.
   *
   * @throws JsonParseException if it is malformed
   */
  static Known read(String text) {
    return read(
        text,
        State.class,
        "the state of a campaign",
        state ->
            new Known(
                new Snapshot(bits(state.done), state.lost, state.results.harvest()), state.millis));
  }

  static String write(Harvest harvest) {
    return GSON.toJson(Results.of(harvest));
  }

  /**
   * Parses this format.
   *
   * @throws JsonParseException if it is malformed
   */
  static Harvest readHarvest(String text) {
    return read(text, Results.class, "results", Results::harvest);
  }

  static String write(Plan plan) {
    return GSON.toJson(plan);
  }

  /**
   * Parses this format.
   *
   * @throws JsonParseException if it is malformed
   */
  static Plan readPlan(String text) {
    return read(text, Plan.class, "the plan of a campaign", plan -> plan);
  }

  static String write(KeptFinding found) {
    return GSON.toJson(found);
  }

  /**
   * Parses this format.
   *
   * @throws JsonParseException if it is malformed
   */
  static KeptFinding readFinding(String text) {
    return read(text, KeptFinding.class, "a finding", found -> found);
  }

  /** Gson wraps any exception that a record's constructor throws in a RuntimeException. */
  private static <T, R> R read(String text, Class<T> type, String expected, Function<T, R> made) {
    try {
      return made.apply(Objects.requireNonNull(GSON.fromJson(text, type)));
    } catch (RuntimeException wrong) {
      throw new JsonParseException("expected " + expected, wrong);
    }
  }

  /** Returns the numbers as {@code 0-17,19-19}. */
  private static String ranges(BitSet done) {
    StringBuilder text = new StringBuilder();
    for (int from = done.nextSetBit(0); from >= 0; ) {
      int to = done.nextClearBit(from);
      text.append(text.isEmpty() ? "" : ",").append(from).append(BETWEEN).append(to - 1);
      from = done.nextSetBit(to);
    }
    return text.toString();
  }

  private static BitSet bits(String ranges) {
    BitSet done = new BitSet();
    for (String range : ranges.isEmpty() ? new String[0] : ranges.split(",")) {
      int between = range.indexOf(BETWEEN);
      done.set(
          Integer.parseInt(range.substring(0, between)),
          Integer.parseInt(range.substring(between + 1)) + 1);
    }
    return done;
  }
}
