package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The places that memory is named after. Each address keeps the first name it gets. */
final class NamedMemory {
  /** The spans by their start; they do not overlap. */
  private NavigableMap<Long, Span> spans = new TreeMap<>();

  /** Memory up to an address that is named after a place. */
  private record Span(long end, Place place) {}

  /** Returns the place that an address is named after, or empty if it has no name. */
  Optional<Place> placeAt(long address) {
    return Optional.ofNullable(spans.floorEntry(address))
        .map(Map.Entry::getValue)
        .filter(span -> address < span.end)
        .map(Span::place);
  }

  /** Returns the place that the first named address of a range is named after, or empty. */
  Optional<Place> placeIn(AddressRange range) {
    Optional<Place> first = placeAt(range.start());
    return first.isPresent()
        ? first
        : Optional.ofNullable(spans.ceilingEntry(range.start()))
            .filter(span -> span.getKey() < range.end())
            .map(span -> span.getValue().place());
  }

  /** Names the addresses of a range after a place, except those that have a name. */
  void name(AddressRange range, Place place) {
    Map.Entry<Long, Span> below = spans.floorEntry(range.start());
    long at = below == null ? range.start() : Math.max(range.start(), below.getValue().end);
    while (at < range.end()) {
      Map.Entry<Long, Span> next = spans.ceilingEntry(at);
      long end = next == null ? range.end() : Math.min(range.end(), next.getKey());
      if (at < end) {
        spans.put(at, new Span(end, place));
      }
      at = next == null ? end : next.getValue().end;
    }
  }

  /** Removes the names of all addresses that are not live. */
  void retain(LiveMemory live) {
    NavigableMap<Long, Span> kept = new TreeMap<>();
    spans.forEach((start, span) ->
        live.within(new AddressRange(start, span.end - start))
            .forEach(range -> kept.put(range.start(), new Span(range.end(), span.place))));
    spans = kept;
  }
}
