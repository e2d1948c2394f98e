package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.FencedBlockDevice;
import dev.nommu.kernel.plugin.FencedStore;
import dev.nommu.kernel.plugin.FencedStores;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.plugin.StoreOwner;
import java.lang.ScopedValue.CallableOp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the drivers of one machine registered. Filled while it boots. Thread-safe. */
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
      String name, DeviceNumber number, Target target, Territory territory, String driver)
      implements DeviceNode {
    @Override
    public DeviceFile.Kind kind() {
      return target.kind();
    }

    private Key key() {
      return new Key(kind(), number);
    }

    /** Returns what it is, for a message: {@code fb0 (character device 29:0) of driver fb}. */
    @Override
    public String toString() {
      return "%s (%s) of driver %s".formatted(name, key(), driver);
    }
  }

  /** What answers for a device. */
  public sealed interface Target {
    /** Returns whether it is a character or a block device. */
    default DeviceFile.Kind kind() {
      return switch (this) {
        case CharacterTarget character -> DeviceFile.Kind.CHARACTER;
        case BlockTarget block -> DeviceFile.Kind.BLOCK;
      };
    }

    /** A character device and the mode bits of its node. */
    record CharacterTarget(CharacterDevice device, int permissions) implements Target {}

    /**
     * A block device.
     *
     * @param device what is read and written
     * @param mountStore what a file system mounted from it lies on
     */
    record BlockTarget(FencedBlockDevice device, FencedStore mountStore) implements Target {}
  }

  /**
   * A store that can be mounted.
   *
   * @param number what is shown as the device of its files
   * @param store the store; one object for one store, whatever names it has
   * @param territory where it can be mapped in place
   */
  public record Store(DeviceNumber number, FencedStore store, Territory territory) {}

  private record ProcFile(CallableOp<String, ErrnoException> text, Territory territory) {}

  /** Whose devices of one kind have a major in common. */
  private record Owner(DeviceFile.Kind kind, String driver) {}

  private record Key(DeviceFile.Kind kind, DeviceNumber number) {
    @Override
    public String toString() {
      return "%s device %s".formatted(kind.name().toLowerCase(Locale.ROOT), number);
    }
  }

  private static final String INSTANCE = "%d";

  private final DriverNames names;
  private final FencedStores fenced = new FencedStores();

  @GuardedBy("this")
  private final NumberRegions regions = new NumberRegions();

  @GuardedBy("this")
  private final Map<Owner, DeviceRegion> numbered = new HashMap<>();

  @GuardedBy("this")
  private final DynamicNumbers dynamic = new DynamicNumbers();

  /** In the order in which they were registered. */
  @GuardedBy("this")
  private final Map<Key, Device> byNumber = new LinkedHashMap<>();

  @GuardedBy("this")
  private final TreeMap<String, Device> byPath = new TreeMap<>();

  @GuardedBy("this")
  private final Map<String, Store> stores = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, ProcFile> procFiles = new LinkedHashMap<>();

  /**
   * Creates a registry without devices.
   *
   * @param procNames the names in /proc that no driver gets
   */
  public DeviceRegistry(Set<String> procNames) {
    this.names = new DriverNames(procNames);
  }

  synchronized void addRegion(DeviceRegion region, Territory territory) throws ErrnoException {
    regions.add(region, territory);
  }

  /** Returns a store as it is registered: asked once for what never changes of it. */
  FencedStore fenced(BackingStore store, StoreOwner owner) throws ErrnoException {
    return fenced.of(store, owner);
  }

  /** Returns a block device as it is registered. */
  Target fenced(BlockDevice device, StoreOwner owner) throws ErrnoException {
    return new Target.BlockTarget(fenced.of(device, owner), fenced.mountStore(device, owner));
  }

  /** Registers a region of a major that is given out. */
  synchronized DeviceRegion allocateRegion(
      DeviceFile.Kind kind, String name, int minors, Territory territory) throws ErrnoException {
    DeviceNumber first = new DeviceNumber(DynamicNumbers.major(kind, majors(kind)), 0);
    DeviceRegion region = new DeviceRegion(kind, name, first, minors, Errno.ENXIO);
    regions.add(region, territory);
    return region;
  }

  @GuardedBy("this")
  private Set<Integer> majors(DeviceFile.Kind kind) {
    Set<Integer> majors = regions.majors(kind);
    for (Key key : byNumber.keySet()) {
      if (key.kind() == kind) {
        majors.add(key.number().major());
      }
    }
    return majors;
  }

  /**
   * Registers a device with a number, and with an instance in its name, that are given out.
   *
   * @param pattern the name, perhaps with {@code %d}
   * @return the name
   */
  synchronized String addNumbered(String pattern, Target target, Territory territory, String driver)
      throws ErrnoException {
    try {
      DeviceNumber number = freeNumber(target.kind(), driver);
      Device device = new Device(freeName(pattern), number, target, territory, driver);
      add(device);
      return device.name();
    } catch (ErrnoException refused) {
      dynamic.restart();
      throw refused;
    }
  }

  @GuardedBy("this")
  private DeviceNumber freeNumber(DeviceFile.Kind kind, String driver) throws ErrnoException {
    DeviceRegion region = regionOf(new Owner(kind, driver));
    DeviceNumber number;
    do {
      number = new DeviceNumber(region.first().major(), dynamic.next(region));
    } while (byNumber.containsKey(new Key(kind, number)));
    return number;
  }

  /** The major is the driver's from the first device on, whatever becomes of that. */
  @GuardedBy("this")
  private DeviceRegion regionOf(Owner owner) throws ErrnoException {
    DeviceRegion there = numbered.get(owner);
    if (there != null) {
      return there;
    }
    DeviceRegion region =
        allocateRegion(owner.kind(), owner.driver(), DynamicNumbers.LIMIT, new Territory());
    numbered.put(owner, region);
    return region;
  }

  @GuardedBy("this")
  private String freeName(String pattern) throws ErrnoException {
    String name = pattern;
    if (pattern.contains(INSTANCE)) {
      do {
        name = pattern.replace(INSTANCE, Integer.toString(dynamic.next(pattern)));
      } while (byPath.containsKey(name));
    }
    return name;
  }

  synchronized void add(Device device) throws ErrnoException {
    DriverNames.requireDevicePath(device.name());
    requireFree(device, "name", inTheWay(device.name()));
    requireFree(device, "number", Optional.ofNullable(byNumber.get(device.key())));
    byPath.put(device.name(), device);
    byNumber.put(device.key(), device);
  }

  private static void requireFree(Device device, String what, Optional<Device> other)
      throws ErrnoException {
    if (other.isPresent()) {
      throw new ErrnoException(
          Errno.EBUSY, "register %s: the %s is taken by %s".formatted(device, what, other.get()));
    }
  }

  /** Returns the device that has a path, or is or has a directory where the other one is. */
  @GuardedBy("this")
  private Optional<Device> inTheWay(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      Device above = byPath.get(path.substring(0, slash));
      if (above != null) {
        return Optional.of(above);
      }
    }
    Optional<Device> there = Optional.ofNullable(byPath.get(path));
    return there.or(() -> firstBelow(path + "/"));
  }

  @GuardedBy("this")
  private Optional<Device> firstBelow(String directory) {
    return Optional.ofNullable(byPath.ceilingEntry(directory))
        .map(Map.Entry::getValue)
        .filter(device -> device.name().startsWith(directory));
  }

  synchronized void add(String name, Store store) throws ErrnoException {
    Store other = stores.putIfAbsent(name, store);
    if (other != null) {
      throw new ErrnoException(
          Errno.EBUSY,
          "register store %s: the name is taken by that of device %s"
              .formatted(name, other.number()));
    }
  }

  /**
   * Adds a file in /proc.
   *
   * @param text made by the driver, which is called through the fence
   */
  synchronized void addProcFile(String name, Supplier<String> text, Territory territory)
      throws ErrnoException {
    names.requireProcName(name);
    CallableOp<String, ErrnoException> fencedText =
        () -> PluginCall.ask(text, "text of /proc/" + name, text::get);
    if (procFiles.putIfAbsent(name, new ProcFile(fencedText, territory)) != null) {
      throw new ErrnoException(
          Errno.EBUSY, "register /proc/" + name + ": another driver's file has the name");
    }
  }

  /** Takes back everything that was registered for a territory. */
  synchronized void removeAll(Territory territory) {
    regions.removeAll(territory);
    byPath.values().removeIf(device -> device.territory() == territory);
    byNumber.values().removeIf(device -> device.territory() == territory);
    stores.values().removeIf(store -> store.territory() == territory);
    procFiles.values().removeIf(file -> file.territory() == territory);
    dynamic.restart();
  }

  /** Returns all devices in the order in which they were registered. */
  public synchronized List<Device> devices() {
    return new ArrayList<>(byNumber.values());
  }

  /**
   * Returns the regions of one kind by number. A device in none is in one of its own, named after
   * its driver.
   */
  public synchronized List<DeviceRegion> regions(DeviceFile.Kind kind) {
    List<DeviceRegion> all = new ArrayList<>(regions.all(kind));
    for (Device device : byNumber.values()) {
      if (device.kind() == kind && regions.find(kind, device.number()).isEmpty()) {
        all.add(new DeviceRegion(kind, device.driver(), device.number(), 1, Errno.ENXIO));
      }
    }
    all.sort(
        Comparator.<DeviceRegion>comparingInt(region -> region.first().major())
            .thenComparingInt(region -> region.first().minor()));
    return all;
  }

  /** Returns the registered region this number is in, or empty. */
  public synchronized Optional<DeviceRegion> region(DeviceFile.Kind kind, DeviceNumber number) {
    return regions.find(kind, number);
  }

  /** Returns the device with this number, or empty. */
  public synchronized Optional<Device> find(DeviceFile.Kind kind, DeviceNumber number) {
    return Optional.ofNullable(byNumber.get(new Key(kind, number)));
  }

  /** Returns the store that can be mounted by this name, such as {@code "mtd3"}, or empty. */
  public synchronized Optional<Store> store(String name) {
    return Optional.ofNullable(stores.get(name));
  }

  /** Returns the names of the stores that can be mounted, in the order of registration. */
  public synchronized List<String> storeNames() {
    return List.copyOf(stores.keySet());
  }

  /** Returns the files that drivers have in /proc, by name. */
  public synchronized Map<String, CallableOp<String, ErrnoException>> procFiles() {
    Map<String, CallableOp<String, ErrnoException>> texts = new LinkedHashMap<>();
    procFiles.forEach((name, file) -> texts.put(name, file.text()));
    return texts;
  }
}
