package dev.nommu.kernel.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.Territory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the drivers of one machine registered. Filled while it boots, then only read. */
public final class DeviceRegistry {
  /**
   * A device that has a number.
   *
   * @param name its path below /dev
   * @param number its number
   * @param target what answers
   * @param territory where its direct mappings may lie
   * @param driver the name of its driver
   */
  public record Device(
      String name, DeviceNumber number, Target target, Territory territory, String driver) {
    /** Returns whether it is a character or a block device. */
    public DeviceFile.Kind kind() {
      return switch (target) {
        case Target.CharacterTarget character -> DeviceFile.Kind.CHARACTER;
        case Target.BlockTarget block -> DeviceFile.Kind.BLOCK;
      };
    }
  }

  /** What answers for a device. */
  public sealed interface Target {
    /** A character device. */
    record CharacterTarget(CharacterDevice device) implements Target {}

    /** A block device. */
    record BlockTarget(BlockDevice device) implements Target {}
  }

  /**
   * A store that can be mounted.
   *
   * @param number what is shown as the device of its files
   * @param store the store
   * @param territory where it can be mapped in place
   */
  public record Store(DeviceNumber number, BackingStore store, Territory territory) {}

  private record ProcFile(Supplier<String> text, Territory territory) {}

  private record OwnedRegion(DeviceRegion region, Territory territory) {}

  private record Key(DeviceFile.Kind kind, DeviceNumber number) {}

  private final DriverNames names;
  private final List<OwnedRegion> regions = new ArrayList<>();
  private final Map<Key, Device> byNumber = new LinkedHashMap<>();
  private final Map<String, Device> byName = new LinkedHashMap<>();
  private final Map<String, Store> stores = new LinkedHashMap<>();
  private final Map<String, ProcFile> procFiles = new LinkedHashMap<>();

  /**
   * Creates a registry without devices.
   *
   * @param procNames the names in /proc that no driver gets
   */
  public DeviceRegistry(Set<String> procNames) {
    this.names = new DriverNames(procNames);
  }

  void addRegion(DeviceRegion region, Territory territory) throws ErrnoException {
    for (OwnedRegion other : regions) {
      if (other.region().overlaps(region)) {
        throw new ErrnoException(
            Errno.EBUSY, "register %s: it overlaps %s".formatted(region, other.region()));
      }
    }
    regions.add(new OwnedRegion(region, territory));
  }

  void add(Device device) throws ErrnoException {
    DriverNames.requireDevicePath(device.name());
    Key key = new Key(device.kind(), device.number());
    if (isTaken(device.name()) || byNumber.containsKey(key)) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s: register %s as %s %s: name or number is taken"
              .formatted(device.driver(), device.name(), device.kind(), device.number().toHex()));
    }
    byName.put(device.name(), device);
    byNumber.put(key, device);
  }

  private boolean isTaken(String name) {
    return byName.containsKey(name)
        || byName.keySet().stream().anyMatch(other -> DriverNames.collide(name, other));
  }

  void add(String name, Store store) throws ErrnoException {
    if (stores.putIfAbsent(name, store) != null) {
      throw new ErrnoException(Errno.EBUSY, "register store " + name + ": the name is taken");
    }
  }

  void addProcFile(String name, Supplier<String> text, Territory territory) throws ErrnoException {
    names.requireProcName(name);
    if (procFiles.putIfAbsent(name, new ProcFile(text, territory)) != null) {
      throw new ErrnoException(Errno.EBUSY, "register /proc/" + name + ": the name is taken");
    }
  }

  /** Takes back everything that was registered for a territory. */
  void removeAll(Territory territory) {
    regions.removeIf(region -> region.territory() == territory);
    byName.values().removeIf(device -> device.territory() == territory);
    byNumber.values().removeIf(device -> device.territory() == territory);
    stores.values().removeIf(store -> store.territory() == territory);
    procFiles.values().removeIf(file -> file.territory() == territory);
  }

  /** Returns all devices in the order in which they were registered. */
  public List<Device> devices() {
    return new ArrayList<>(byName.values());
  }

  /**
   * Returns the regions of one kind by number. A device in none is in one of its own, named after
   * its driver.
   */
  public List<DeviceRegion> regions(DeviceFile.Kind kind) {
    Stream<DeviceRegion> registered = regions.stream().map(OwnedRegion::region);
    Stream<DeviceRegion> alone =
        byName.values().stream()
            .filter(device -> region(device.kind(), device.number()).isEmpty())
            .map(DeviceRegistry::alone);
    return Stream.concat(registered, alone)
        .filter(region -> region.kind() == kind)
        .sorted(
            Comparator.<DeviceRegion>comparingInt(region -> region.first().major())
                .thenComparingInt(region -> region.first().minor()))
        .toList();
  }

  private static DeviceRegion alone(Device device) {
    return new DeviceRegion(device.kind(), device.driver(), device.number(), 1, Errno.ENXIO);
  }

  /** Returns the registered region this number is in, or empty. */
  public Optional<DeviceRegion> region(DeviceFile.Kind kind, DeviceNumber number) {
    return regions.stream()
        .map(OwnedRegion::region)
        .filter(region -> region.contains(kind, number))
        .findFirst();
  }

  /** Returns the device with this number, or empty. */
  public Optional<Device> find(DeviceFile.Kind kind, DeviceNumber number) {
    return Optional.ofNullable(byNumber.get(new Key(kind, number)));
  }

  /** Returns the store that can be mounted by this name, such as {@code "mtd3"}, or empty. */
  public Optional<Store> store(String name) {
    return Optional.ofNullable(stores.get(name));
  }

  /** Returns the names of the stores that can be mounted, in the order of registration. */
  public List<String> storeNames() {
    return List.copyOf(stores.keySet());
  }

  /** Returns the files that drivers have in /proc, by name. */
  public Map<String, Supplier<String>> procFiles() {
    Map<String, Supplier<String>> texts = new LinkedHashMap<>();
    procFiles.forEach((name, file) -> texts.put(name, file.text()));
    return texts;
  }
}
