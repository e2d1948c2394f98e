package dev.nommu.campaign;

import dev.nommu.tck.session.Coverage;
import dev.nommu.tck.session.Coverage.Point;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The results of a range so far. Not thread-safe. */
final class Gathering {
  private final Map<Point, Long> others = new TreeMap<>();
  private final Map<Cause, Sighting> sightings = new TreeMap<>();
  private final Coverage coverage = new Coverage();
  private long seeds;
  private long sessions;

  Gathering() {}

  /** Returns the counter of what sessions reach. */
  Coverage coverage() {
    return coverage;
  }

  void ran(long count) {
    sessions += count;
  }

  void seedDone() {
    seeds++;
  }

  void reached(Point point, long times) {
    others.merge(point, times, Long::sum);
  }

  void found(Cause cause, Sighting sighting) {
    sightings.merge(cause, sighting, Sighting::plus);
  }

  /** Collects the first of each cause: a session counts once for each. */
  static <T> Collector<T, ?, Map<Cause, T>> byCause(Function<T, Cause> cause) {
    return Collectors.toMap(cause, found -> found, (first, later) -> first, TreeMap::new);
  }

  Harvest harvest() {
    Harvest counted = new Harvest(seeds, sessions, coverage.counts(), sightings);
    return counted.plus(new Harvest(0, 0, others, Map.of()));
  }
}
