package dev.nommu.kernel.device;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.device.DeviceRegistry.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;

/** The ranges of device numbers of drivers; no two overlap. Not safe for concurrent use. */
final class NumberRegions {
  private static final int LAST_MINOR = DynamicNumbers.LIMIT - 1;

  /** By their first number. */
  private final Map<DeviceFile.Kind, NavigableMap<Long, DeviceRegion>> regions =
      new EnumMap<>(DeviceFile.Kind.class);

  private final Supplier<NavigableMap<Long, DeviceRegion>> maps;

  /**
   * Creates an empty set of regions.
   *
   * @param maps creates the map that stores the regions of one kind
   */
  NumberRegions(Supplier<NavigableMap<Long, DeviceRegion>> maps) {
    this.maps = maps;
  }

  private static long place(DeviceNumber number) {
    return (long) number.major() << Integer.SIZE | number.minor();
  }

  private NavigableMap<Long, DeviceRegion> of(DeviceFile.Kind kind) {
    return regions.computeIfAbsent(kind, none -> maps.get());
  }

  /** Adds a region; EBUSY if it overlaps another. */
  void add(DeviceRegion region) throws ErrnoException {
    Optional<DeviceRegion> other = below(region.kind(), last(region));
    if (other.filter(region::overlaps).isPresent()) {
      throw new ErrnoException(
          Errno.EBUSY, "register %s: it overlaps %s".formatted(region, other.get()));
    }
    of(region.kind()).put(place(region.first()), region);
  }

  private static DeviceNumber last(DeviceRegion region) {
    return new DeviceNumber(region.first().major(), region.first().minor() + region.minors() - 1);
  }

  private Optional<DeviceRegion> below(DeviceFile.Kind kind, DeviceNumber number) {
    return Optional.ofNullable(of(kind).floorEntry(place(number))).map(Map.Entry::getValue);
  }

  /** Removes these regions. */
  void removeAll(List<DeviceRegion> those) {
    those.forEach(region -> of(region.kind()).remove(place(region.first())));
  }

  /** Returns the region that contains this number, or empty. */
  Optional<DeviceRegion> find(DeviceFile.Kind kind, DeviceNumber number) {
    return below(kind, number).filter(region -> region.contains(kind, number));
  }

  /** Returns whether a number of this major is in a region. */
  boolean hasMajor(DeviceFile.Kind kind, int major) {
    return below(kind, new DeviceNumber(major, LAST_MINOR))
        .filter(region -> region.first().major() == major)
        .isPresent();
  }

  /**
   * Returns the regions of one kind by number; each device outside all regions adds one, named
   * after its driver.
   */
  List<DeviceRegion> all(DeviceFile.Kind kind, List<Device> devices) {
    List<DeviceRegion> all = new ArrayList<>(of(kind).values());
    for (Device device : devices) {
      if (device.kind() == kind && find(kind, device.number()).isEmpty()) {
        all.add(new DeviceRegion(kind, device.driver(), device.number(), 1, Errno.ENXIO));
      }
    }
    all.sort(Comparator.comparingLong(region -> place(region.first())));
    return all;
  }
}
