package dev.nommu.kernel.device;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.pages.Territory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ranges of device numbers that drivers have; no two overlap. Not safe for concurrent use. */
final class NumberRegions {
  private record Owned(DeviceRegion region, Territory territory) {}

  /** By their first number. */
  private final Map<DeviceFile.Kind, NavigableMap<Long, Owned>> regions =
      new EnumMap<>(DeviceFile.Kind.class);

  private static long place(DeviceNumber number) {
    return (long) number.major() << Integer.SIZE | number.minor();
  }

  private NavigableMap<Long, Owned> of(DeviceFile.Kind kind) {
    return regions.computeIfAbsent(kind, none -> new TreeMap<>());
  }

  /** Adds a region; EBUSY if one of its numbers is in another. */
  void add(DeviceRegion region, Territory territory) throws ErrnoException {
    Optional<DeviceRegion> other = below(region.kind(), last(region));
    if (other.filter(region::overlaps).isPresent()) {
      throw new ErrnoException(
          Errno.EBUSY, "register %s: it overlaps %s".formatted(region, other.get()));
    }
    of(region.kind()).put(place(region.first()), new Owned(region, territory));
  }

  private static DeviceNumber last(DeviceRegion region) {
    return new DeviceNumber(region.first().major(), region.first().minor() + region.minors() - 1);
  }

  private Optional<DeviceRegion> below(DeviceFile.Kind kind, DeviceNumber number) {
    return Optional.ofNullable(of(kind).floorEntry(place(number)))
        .map(entry -> entry.getValue().region());
  }

  /** Takes back those of a territory. */
  void removeAll(Territory territory) {
    regions.values().forEach(all -> all.values().removeIf(own -> own.territory() == territory));
  }

  /** Returns the region this number is in, or empty. */
  Optional<DeviceRegion> find(DeviceFile.Kind kind, DeviceNumber number) {
    return below(kind, number).filter(region -> region.contains(kind, number));
  }

  /** Returns the majors of one kind that have a region. */
  Set<Integer> majors(DeviceFile.Kind kind) {
    return all(kind).stream().map(region -> region.first().major()).collect(Collectors.toSet());
  }

  /** Returns the regions of one kind by number. */
  List<DeviceRegion> all(DeviceFile.Kind kind) {
    return of(kind).values().stream().map(Owned::region).toList();
  }
}
