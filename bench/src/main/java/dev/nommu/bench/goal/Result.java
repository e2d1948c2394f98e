package dev.nommu.bench.goal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The measurements of a row in one run.
 *
 * @param row the row
 * @param measured the measurements by name, in the order they were made
 */
public record Result(Row row, Map<String, Measurement> measured) {
  /** Returns a result with these measurements. */
  public static Result of(Row row, Collection<Measurement> measurements) {
    Map<String, Measurement> byName = new LinkedHashMap<>();
    measurements.forEach(each -> byName.put(each.name(), each));
    return new Result(row, byName);
  }
}
