package dev.nommu.campaign;

import dev.nommu.tck.session.Coverage.Kind;
import dev.nommu.tck.session.Coverage.Point;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The results of some seeds. Immutable.
 *
 * @param seeds the number of seeds run
 * @param sessions the number of sessions: a comparison of profiles takes two, a sweep one for each
 *     fault
 * @param coverage how often each item was reached
 * @param sightings the findings
 */
public record Harvest(
    long seeds, long sessions, Map<Point, Long> coverage, Map<Cause, Sighting> sightings) {
  /** The results of no seeds. */
  public static final Harvest NONE = new Harvest(0, 0, Map.of(), Map.of());

  /** Takes immutable copies. */
  public Harvest {
    coverage = Map.copyOf(coverage);
    sightings = Map.copyOf(sightings);
  }

  /** Returns the sum of both; the order does not matter. */
  public Harvest plus(Harvest other) {
    return new Harvest(
        seeds + other.seeds,
        sessions + other.sessions,
        merged(coverage, other.coverage, Long::sum),
        merged(sightings, other.sightings, Sighting::plus));
  }

  private static <K extends Comparable<K>, V> Map<K, V> merged(
      Map<K, V> one, Map<K, V> other, BinaryOperator<V> both) {
    Map<K, V> all = new TreeMap<>(one);
    other.forEach((key, value) -> all.merge(key, value, both));
    return all;
  }

  /** Returns the names of a kind that were reached, in order, with counts. */
  public SortedMap<String, Long> reached(Kind kind) {
    SortedMap<String, Long> reached = new TreeMap<>();
    coverage.forEach((point, times) -> {
      if (point.kind() == kind) {
        reached.put(point.name(), times);
      }
    });
    return reached;
  }

  /** Returns whether there is an error; the profiles may differ. */
  public boolean isWrong() {
    return sightings.keySet().stream().anyMatch(Cause::isWrong);
  }
}
