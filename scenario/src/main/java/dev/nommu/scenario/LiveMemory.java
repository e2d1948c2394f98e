package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The addresses that lie in at least one of several regions. */
final class LiveMemory {
  /** Maps the start of each contiguous run of addresses to the address after its end. */
  private final NavigableMap<Long, Long> runs = new TreeMap<>();

  /** Creates the union of regions, which may overlap. */
  LiveMemory(List<AddressRange> regions) {
    regions.stream().sorted(Comparator.comparingLong(AddressRange::start)).forEach(this::add);
  }

  private void add(AddressRange region) {
    Map.Entry<Long, Long> last = runs.lastEntry();
    if (last != null && region.start() <= last.getValue()) {
      runs.put(last.getKey(), Math.max(last.getValue(), region.end()));
    } else {
      runs.put(region.start(), region.end());
    }
  }

  /** Returns the parts of a range that lie in a region, in ascending order. */
  List<AddressRange> within(AddressRange range) {
    Long first = runs.floorKey(range.start());
    return runs.subMap(first == null ? range.start() : first, range.end()).entrySet().stream()
        .filter(run -> run.getValue() > range.start())
        .map(run -> common(range, run.getKey(), run.getValue()))
        .toList();
  }

  private static AddressRange common(AddressRange range, long runStart, long runEnd) {
    long start = Math.max(range.start(), runStart);
    return new AddressRange(start, Math.min(range.end(), runEnd) - start);
  }
}
