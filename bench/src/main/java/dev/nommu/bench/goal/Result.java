package dev.nommu.bench.goal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The measurement of a run for a row.
 *
 * @param row the row
 * @param measured the measurements by name, in the order in which they were made
 */
public record Result(Row row, Map<String, Measurement> measured) {
  /** Keeps the measurements by name. */
  public static Result of(Row row, Collection<Measurement> measurements) {
    Map<String, Measurement> byName = new LinkedHashMap<>();
    measurements.forEach(each -> byName.put(each.name(), each));
    return new Result(row, byName);
  }
}
