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
import dev.nommu.kernel.device.DynamicNumbers.Given;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.FencedBlockDevice;
import dev.nommu.kernel.plugin.FencedStore;
import dev.nommu.kernel.plugin.FencedStores;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.plugin.StoreOwner;
import java.lang.ScopedValue.CallableOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The devices registered by the drivers of one machine. Filled during boot. Thread-safe. */
public final class DeviceRegistry {
  /**
   * A device with a number.
   *
   * @param name its path below /dev
   * @param number its number
   * @param target the object that serves it
   * @param territory where its direct mappings may lie
   * @param driver the name of its driver
   * @param place the path of the node that describes it, else the name of its driver
   */
  public record Device(
      String name,
      DeviceNumber number,
      Target target,
      Territory territory,
      String driver,
      String place)
      implements DeviceNode {
    @Override
    public DeviceFile.Kind kind() {
      return target.kind();
    }

    NumberedDevices.Key key() {
      return new NumberedDevices.Key(kind(), number);
    }

    /** Returns its description for messages: {@code fb0 (character device 29:0) of driver fb}. */
    @Override
    public String toString() {
      return "%s (%s) of driver %s".formatted(name, key(), driver);
    }
  }

  /** The object that serves a device. */
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
     * @param device the device read and written
     * @param mountStore the store of a file system mounted from it
     */
    record BlockTarget(FencedBlockDevice device, FencedStore mountStore) implements Target {}
  }

  /**
   * A store that can be mounted.
   *
   * @param number the device number reported for its files
   * @param store the store; one object per store, under all its names
   * @param territory where it can be mapped in place
   */
  public record Store(DeviceNumber number, FencedStore store, Territory territory) {}

  /** The owner of a major: all devices of one kind of a driver share one. */
  private record Owner(DeviceFile.Kind kind, String driver) {}

  private static final String INSTANCE = "%d";

  private final DriverNames names;
  private final ClassDevices classDevices = new ClassDevices();
  private final FencedStores fenced = new FencedStores();

  @GuardedBy("this")
  private final NumberRegions regions = new NumberRegions(TreeMap::new);

  @GuardedBy("this")
  private final Map<Owner, DeviceRegion> numbered = new HashMap<>();

  @GuardedBy("this")
  private final DynamicNumbers dynamic = new DynamicNumbers();

  @GuardedBy("this")
  private final NumberedDevices byNumber;

  @GuardedBy("this")
  private final DevicePaths byPath;

  /** The registrations to undo if a driver fails, by territory. */
  @GuardedBy("this")
  private final Map<Territory, Registered> registered = new HashMap<>();

  /** The remaining registrations of unplugged devices. */
  @GuardedBy("this")
  private final LeftBehind left = new LeftBehind();

  @GuardedBy("this")
  private final Map<String, Store> stores = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, CallableOp<String, ErrnoException>> procFiles = new LinkedHashMap<>();

  /**
   * Creates an empty registry.
   *
   * @param procNames the names in /proc reserved for the kernel
   */
  public DeviceRegistry(Set<String> procNames) {
    this(procNames, new LinkedHashMap<>(), new TreeMap<>());
  }

  /** Creates a registry over maps in the order of registration and in the order of names. */
  DeviceRegistry(
      Set<String> procNames,
      Map<NumberedDevices.Key, Device> byNumber,
      NavigableMap<String, Device> byPath) {
    this.names = new DriverNames(procNames);
    this.byNumber = new NumberedDevices(byNumber);
    this.byPath = new DevicePaths(byPath);
  }

  @GuardedBy("this")
  private Registered registered(Territory territory) {
    return registered.computeIfAbsent(territory, absent -> new Registered());
  }

  synchronized void addRegion(DeviceRegion region, Territory territory, String driver)
      throws ErrnoException {
    if (!left.take(driver, region)) {
      regions.add(region);
    }
    registered(territory).regions().add(region);
  }

  /** Returns a store ready to be registered: its constant properties are queried once. */
  FencedStore fenced(BackingStore store, StoreOwner owner) throws ErrnoException {
    return fenced.of(store, owner);
  }

  /** Returns a block device ready to be registered. */
  Target fenced(BlockDevice device, StoreOwner owner) throws ErrnoException {
    return new Target.BlockTarget(fenced.of(device, owner), fenced.mountStore(device, owner));
  }

  /** Registers a region with a newly allocated major, or the one the driver left behind. */
  synchronized DeviceRegion allocateRegion(
      DeviceFile.Kind kind, String name, int minors, Territory territory, String driver)
      throws ErrnoException {
    Optional<DeviceRegion> left = this.left.find(driver, kind, name, minors);
    boolean again = left.isPresent() && !byNumber.hasMajor(kind, left.get().first().major());
    DeviceRegion region = again ? left.get() : freeRegion(kind, name, minors);
    addRegion(region, territory, driver);
    return region;
  }

  @GuardedBy("this")
  private DeviceRegion freeRegion(DeviceFile.Kind kind, String name, int minors)
      throws ErrnoException {
    DeviceNumber first = new DeviceNumber(DynamicNumbers.major(kind, this::isTaken), 0);
    return new DeviceRegion(kind, name, first, minors, Errno.ENXIO);
  }

  private synchronized boolean isTaken(DeviceFile.Kind kind, int major) {
    return regions.hasMajor(kind, major) || byNumber.hasMajor(kind, major);
  }

  /**
   * Registers a device with an allocated number, and an allocated instance in its name.
   *
   * @param pattern the name; may contain {@code %d}
   * @return the name
   */
  synchronized String addNumbered(
      String pattern, Target target, Territory territory, String driver, String place)
      throws ErrnoException {
    List<Given> given = new ArrayList<>();
    try {
      DeviceNumber number = freeNumber(target.kind(), driver, given);
      Device device =
          new Device(freeName(pattern, given), number, target, territory, driver, place);
      add(device);
      registered(territory).given().addAll(given);
      return device.name();
    } catch (ErrnoException refused) {
      dynamic.giveBack(given);
      throw refused;
    }
  }

  @GuardedBy("this")
  private DeviceNumber freeNumber(DeviceFile.Kind kind, String driver, List<Given> given)
      throws ErrnoException {
    DeviceRegion region = regionOf(new Owner(kind, driver));
    DeviceNumber number;
    int minor;
    do {
      minor = dynamic.next(region);
      number = new DeviceNumber(region.first().major(), minor);
    } while (byNumber.find(kind, number).isPresent());
    given.add(new Given(region, minor));
    return number;
  }

  /** The driver keeps the major from its first device on, even if that device does not remain. */
  @GuardedBy("this")
  private DeviceRegion regionOf(Owner owner) throws ErrnoException {
    DeviceRegion there = numbered.get(owner);
    if (there != null) {
      return there;
    }
    DeviceRegion region =
        allocateRegion(
            owner.kind(), owner.driver(), DynamicNumbers.LIMIT, new Territory(), owner.driver());
    numbered.put(owner, region);
    return region;
  }

  @GuardedBy("this")
  private String freeName(String pattern, List<Given> given) throws ErrnoException {
    if (!pattern.contains(INSTANCE)) {
      return pattern;
    }
    String name;
    int instance;
    do {
      instance = dynamic.next(pattern);
      name = pattern.replace(INSTANCE, Integer.toString(instance));
    } while (byPath.has(name));
    given.add(new Given(pattern, instance));
    return name;
  }

  synchronized void add(Device device) throws ErrnoException {
    DriverNames.requireDevicePath(device.name());
    requireFree(device, "name", byPath.inTheWay(device.name()));
    requireFree(device, "number", byNumber.find(device.kind(), device.number()));
    byPath.add(device);
    byNumber.add(device);
    registered(device.territory()).devices().add(device);
  }

  private static void requireFree(Device device, String what, Optional<Device> other)
      throws ErrnoException {
    if (other.isPresent()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "register %s: the %s is already taken by %s".formatted(device, what, other.get()));
    }
  }

  synchronized void add(String name, Store store) throws ErrnoException {
    Store other = stores.putIfAbsent(name, store);
    if (other != null) {
      throw new ErrnoException(
          Errno.EBUSY,
          "register store %s: already taken by the store of device %s"
              .formatted(name, other.number()));
    }
    registered(store.territory()).stores().add(name);
  }

  /**
   * Adds a file in /proc.
   *
   * @param text the driver's supplier of its text, called through the fence
   */
  synchronized void addProcFile(
      String name, Supplier<String> text, Territory territory, String driver)
      throws ErrnoException {
    names.requireProcName(name);
    if (left.take(driver, name)) {
      procFiles.remove(name);
    }
    CallableOp<String, ErrnoException> fencedText =
        () -> PluginCall.ask(text, "text of /proc/" + name, text::get);
    if (procFiles.putIfAbsent(name, fencedText) != null) {
      throw new ErrnoException(
          Errno.EBUSY, "register /proc/" + name + ": another driver's file has the name");
    }
    registered(territory).procFiles().add(name);
  }

  /**
   * Removes the registrations of an unplugged device. Ranges of numbers and files in /proc stay
   * with the driver, which may use them for other devices (rule HOT-02).
   */
  synchronized void unplug(Territory territory, String driver) {
    Registered all = registered.get(territory);
    if (all != null) {
      left.add(driver, all);
    }
    removeAll(territory);
  }

  /** Removes everything registered for a territory. */
  synchronized void removeAll(Territory territory) {
    classDevices.removeAll(territory);
    Registered all = registered.remove(territory);
    if (all == null) {
      return;
    }
    regions.removeAll(all.regions());
    for (Device device : all.devices()) {
      byPath.remove(device);
      byNumber.remove(device);
    }
    stores.keySet().removeAll(all.stores());
    procFiles.keySet().removeAll(all.procFiles());
    dynamic.giveBack(all.given());
  }

  /** Returns all devices in the order in which they were registered. */
  public synchronized List<Device> devices() {
    return byNumber.all();
  }

  /**
   * Returns the regions of one kind by number. A device outside all regions is listed as a region
   * named after its driver.
   */
  public synchronized List<DeviceRegion> regions(DeviceFile.Kind kind) {
    return regions.all(kind, byNumber.all());
  }

  /** Returns the registered region that contains this number, or empty. */
  public synchronized Optional<DeviceRegion> region(DeviceFile.Kind kind, DeviceNumber number) {
    return regions.find(kind, number);
  }

  /** Returns the device with this number, or empty. */
  public synchronized Optional<Device> find(DeviceFile.Kind kind, DeviceNumber number) {
    return byNumber.find(kind, number);
  }

  /** Returns the store that can be mounted by this name, such as {@code "mtd3"}, or empty. */
  public synchronized Optional<Store> store(String name) {
    return Optional.ofNullable(stores.get(name));
  }

  /** Returns the sources for mount: the names of stores, and the nodes of block devices. */
  public synchronized List<String> mountable() {
    List<String> there = new ArrayList<>(storeNames());
    for (Device device : devices()) {
      if (device.kind() == DeviceFile.Kind.BLOCK) {
        there.add("/dev/" + device.name());
      }
    }
    return there;
  }

  /** Returns the names of the stores that can be mounted, in the order of registration. */
  public synchronized List<String> storeNames() {
    return List.copyOf(stores.keySet());
  }

  /** Returns the devices registered in /sys/class. */
  public ClassDevices classDevices() {
    return classDevices;
  }

  /** Returns the files registered in /proc, by name. */
  public synchronized Map<String, CallableOp<String, ErrnoException>> procFiles() {
    return new LinkedHashMap<>(procFiles);
  }
}
