package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.PageSource;
import dev.nommu.api.PluginFault;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.device.DeviceRegistry.Device;
import dev.nommu.kernel.device.DeviceRegistry.Store;
import dev.nommu.kernel.device.DeviceRegistry.Target;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.plugin.StoreOwner;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one call of one driver can ask for. Remembers it all, so that nothing stays if the call
 * fails; claims and registers nothing more when it has ended (rule PLUGIN-01). Thread-safe.
 */
final class DriverContext implements DeviceContext {
  private final Driver driver;
  private final Optional<String> nodePath;
  private final String resource;
  private final Hardware hardware;
  private final KernelLog log;
  private final Territory territory = new Territory();
  private final OwnedPages pages;
  private final DriverTimers timers;

  private final StoreOwner owner;

  @GuardedBy("this")
  private final List<AddressRange> claimed = new ArrayList<>();

  @GuardedBy("this")
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean ended;

  DriverContext(Driver driver, Optional<TreeNode> node, Hardware hardware, KernelLog log) {
    this.driver = driver;
    this.nodePath = node.map(TreeNode::path);
    this.resource = node.map(TreeNode::resourceName).orElseGet(driver::name);
    this.hardware = hardware;
    this.log = log;
    this.timers = new DriverTimers(driver.name(), hardware.timers(), log);
    this.pages = hardware.owners().newOwner(driver.plugin().getClass().getName());
    territory.add(pages);
    this.owner = new StoreOwner(driver.plugin(), new DeviceGround(territory, resource));
  }

  /** Where the stores of a device can be addressed, while it is there. */
  private record DeviceGround(Territory territory, String device) implements StoreOwner.Ground {
    @Override
    public boolean owns(long address, long length) {
      return territory.owns(address, length);
    }

    @Override
    public void requirePresent() throws ErrnoException {
      territory.presence().require(device);
    }
  }

  /** The call of the driver has ended: what it has stays, and it gets nothing more. */
  synchronized void end() {
    ended = true;
  }

  /**
   * Checks that the call of the driver has not ended.
   *
   * @throws ErrnoException EIO that names the driver if it has
   */
  @GuardedBy("this")
  private void requireCurrent(String operation) throws ErrnoException {
    if (ended) {
      throw PluginCall.wrong(driver.plugin(), operation, tooLate());
    }
  }

  private String tooLate() {
    return "expected it during %s, found that this has ended"
        .formatted(nodePath.map(path -> "probe of " + path).orElse("init"));
  }

  @Override
  public Profile profile() {
    return hardware.profile();
  }

  @Override
  public InstantSource clock() {
    return hardware.clock();
  }

  @Override
  public WaitQueue newWaitQueue(String what) {
    return FileWaitQueue.ofDevice(what);
  }

  @Override
  public MachineTimer newTimer(String name, Runnable callback) {
    return timers.newTimer(name, callback);
  }

  @Override
  public List<String> parameters(String name) {
    return hardware.parameters().values(name);
  }

  @Override
  public MemorySegment claimMemory(AddressRange range) throws ErrnoException {
    return claimMemory(resource, range);
  }

  @Override
  public synchronized MemorySegment claimMemory(String name, AddressRange range)
      throws ErrnoException {
    requireCurrent("claimMemory");
    PartContents part = part(List.of(range));
    Optional<MemorySegment> kept = kept(part, (byte) 0);
    if (kept.isPresent()) {
      hardware.memory().addMemory(name, range, kept.get());
      claimed(range);
      return kept.get();
    }
    MemorySegment memory = hardware.memory().addMemory(name, range);
    claimed(range);
    part.load(memory, hardware.images());
    return memory;
  }

  @Override
  public synchronized MemorySegment memremap(String name, AddressRange range)
      throws ErrnoException {
    if (!hardware.memory().ram().overlaps(range)) {
      return claimMemory(name, range);
    }
    requireCurrent("memremap");
    requireReserved(name, range);
    PartContents part = part(List.of(range));
    part.requireCopied();
    MemorySegment memory = hardware.memory().ramAt(range.start(), range.length());
    part.load(memory, hardware.images());
    territory.add(range);
    return memory;
  }

  private void requireReserved(String name, AddressRange range) throws ErrnoException {
    if (!hardware.memory().ram().contains(range.start(), range.length())) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s at %s: only a part of it is System RAM: %s"
              .formatted(name, range, hardware.memory().ram().banks()));
    }
    if (!hardware.board().memory().isReserved(range)) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s at %s: there is System RAM that is not reserved: the kernel hands it out"
              .formatted(name, range));
    }
  }

  @Override
  public Optional<AddressRange> reservedMemory(FirmwareNode node) throws ErrnoException {
    return node.cells("memory-region").stream()
        .findFirst()
        .flatMap(hardware.board().tree()::nodeByPhandle)
        .map(region -> hardware.board().memory().regions().get(region.path()));
  }

  @Override
  public OptionalInt aliasId(FirmwareNode node, String stem) {
    return hardware.aliases().idOf(node.path(), stem);
  }

  @Override
  public synchronized MemorySegment contents(List<AddressRange> ranges, byte erased)
      throws ErrnoException {
    requireCurrent("contents");
    PartContents part = part(ranges);
    Optional<MemorySegment> kept = kept(part, erased);
    return kept.isPresent() ? kept.get() : loaded(part, erased);
  }

  private MemorySegment loaded(PartContents part, byte filler) throws ErrnoException {
    MemorySegment memory = hardware.memory().reserve(part.part(), part.length());
    memory.fill(filler);
    part.load(memory, hardware.images());
    return memory;
  }

  private Optional<MemorySegment> kept(PartContents part, byte filler) throws ErrnoException {
    Optional<KeptMemory> kept = hardware.images().keep(part, filler);
    kept.ifPresent(territory::add);
    return kept.map(KeptMemory::memory);
  }

  private PartContents part(List<AddressRange> ranges) {
    return new PartContents(bankName(), ranges, hardware.contents().in(ranges, nodePath));
  }

  private String bankName() {
    return nodePath.map(path -> path.substring(1)).orElse(driver.name());
  }

  @GuardedBy("this")
  private void claimed(AddressRange range) {
    claimed.add(range);
    territory.add(range);
  }

  @Override
  public void claim(AddressRange range, DeviceWindow window) throws ErrnoException {
    claim(hardware.memory().window(resource, range, window, driver.plugin()));
  }

  @Override
  public AddressRange claim(DeviceWindow window) throws ErrnoException {
    long size = Bank.size(window, driver.plugin());
    if (size == 0) {
      throw new ErrnoException(
          Errno.EINVAL, bankName() + ": claim of a window: expected bytes, found none");
    }
    AddressRange range = hardware.free().take(size);
    claim(range, window);
    return range;
  }

  private synchronized void claim(Bank bank) throws ErrnoException {
    requireCurrent("claim");
    hardware.memory().add(bank);
    claimed(bank.range());
  }

  @Override
  public synchronized Optional<BackingStore> attachment(FirmwareNode node) throws ErrnoException {
    requireCurrent("attachment");
    Optional<Content> content = hardware.contents().ofNode(node.path());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    HostImages images = hardware.images();
    return Optional.of(images.use(content.get(), () -> images.open(content.get())));
  }

  @Override
  public void warn(String message) {
    String place = nodePath.map(path -> path + ": ").orElse("");
    log.print("%s%s: %s".formatted(place, driver.name(), message));
  }

  @Override
  public PageSource pages() {
    return pages;
  }

  @Override
  public long endOfRam() {
    return hardware.board().ram().end();
  }

  @Override
  public synchronized UserMemory physicalMemory() {
    if (ended) {
      throw new PluginFault(driver.plugin(), "physicalMemory", tooLate());
    }
    PhysicalMemory memory = hardware.memory();
    territory.add((address, length) -> true);
    return memory.asUserMemory();
  }

  @Override
  public synchronized void registerRegion(DeviceRegion region) throws ErrnoException {
    requireCurrent("registerRegion");
    hardware.registry().addRegion(region, territory, driver.name());
  }

  @Override
  public synchronized DeviceRegion allocateRegion(DeviceFile.Kind kind, String name, int minors)
      throws ErrnoException {
    requireCurrent("allocateRegion");
    return hardware.registry().allocateRegion(kind, name, minors, territory, driver.name());
  }

  @Override
  public String registerCharacterDevice(String name, CharacterDevice device) throws ErrnoException {
    return register("registerCharacterDevice", name, target(device));
  }

  private static Target target(CharacterDevice device) throws ErrnoException {
    Objects.requireNonNull(device, "device");
    long permissions = PluginCall.count(device, "permissions", 0, 0777, device::permissions);
    return new Target.CharacterTarget(device, (int) permissions);
  }

  @Override
  public String registerBlockDevice(String name, BlockDevice device) throws ErrnoException {
    return register("registerBlockDevice", name, hardware.registry().fenced(device, owner));
  }

  private synchronized String register(String operation, String pattern, Target target)
      throws ErrnoException {
    requireCurrent(operation);
    return hardware.registry().addNumbered(pattern, target, territory, driver.name(), place());
  }

  @Override
  public void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device)
      throws ErrnoException {
    register("registerCharacterDevice", name, number, target(device));
  }

  @Override
  public void registerBlockDevice(String name, DeviceNumber number, BlockDevice device)
      throws ErrnoException {
    register("registerBlockDevice", name, number, hardware.registry().fenced(device, owner));
  }

  private synchronized void register(
      String operation, String name, DeviceNumber number, Target target) throws ErrnoException {
    requireCurrent(operation);
    hardware.registry().add(new Device(name, number, target, territory, driver.name(), place()));
  }

  @Override
  public void registerStore(String name, DeviceNumber device, BackingStore store)
      throws ErrnoException {
    register(name, new Store(device, hardware.registry().fenced(store, owner), territory));
  }

  private synchronized void register(String name, Store store) throws ErrnoException {
    requireCurrent("registerStore");
    hardware.registry().add(name, store);
  }

  @Override
  public synchronized void registerProcFile(String name, Supplier<String> text)
      throws ErrnoException {
    requireCurrent("registerProcFile");
    hardware.registry().addProcFile(name, text, territory, driver.name());
  }

  @Override
  public synchronized void registerClassDevice(
      String deviceClass, String name, Map<String, Supplier<String>> attributes)
      throws ErrnoException {
    requireCurrent("registerClassDevice");
    hardware.registry().classDevices().add(deviceClass, name, attributes, territory);
  }

  @Override
  public synchronized void onRemove(AutoCloseable resource) throws ErrnoException {
    requireCurrent("onRemove");
    resources.push(Objects.requireNonNull(resource, "resource"));
  }

  /** Takes back everything that was claimed and registered. */
  void rollBack() {
    synchronized (this) {
      ended = true;
    }
    timers.end();
    hardware.registry().removeAll(territory);
    closeResources();
    giveBack();
  }

  /**
   * Takes the device away from those who use it: it cannot be opened any more, its windows answer
   * nobody, and what it had is given back when its last user is gone (section HOT).
   *
   * @param gone is told when that is done
   */
  void remove(Runnable gone) {
    timers.end();
    hardware.registry().unplug(territory, driver.name());
    claimed().forEach(hardware.memory()::unplug);
    territory.presence().remove();
    closeResources();
    territory
        .presence()
        .whenUnused(() -> {
          giveBack();
          gone.run();
        });
  }

  /** Closes what the driver wants to have closed, the last first; what fails is logged. */
  void closeResources() {
    for (AutoCloseable each = poll(); each != null; each = poll()) {
      AutoCloseable resource = each;
      try {
        PluginCall.tell(resource, "close", () -> close(resource));
      } catch (ErrnoException failure) {
        log.print("%s: %s".formatted(place(), failure.describe()));
      }
    }
  }

  private static void close(AutoCloseable resource) throws ErrnoException {
    try {
      resource.close();
    } catch (ErrnoException | RuntimeException itself) {
      throw itself;
    } catch (Exception failure) {
      throw new PluginFault(resource, "close", failure);
    }
  }

  private synchronized @Nullable AutoCloseable poll() {
    return resources.poll();
  }

  private synchronized List<AddressRange> claimed() {
    return List.copyOf(claimed);
  }

  private void giveBack() {
    List<AddressRange> ranges = claimed();
    ranges.forEach(hardware.memory()::remove);
    pages.freeAll();
    hardware.images().release(hardware.contents().in(ranges, nodePath), log);
  }

  /** Returns whether a node describes the device. */
  boolean isOfNode() {
    return nodePath.isPresent();
  }

  /** Returns the path of the node, else the name of the driver. */
  String place() {
    return nodePath.orElse(driver.name());
  }

  OwnedPages ownedPages() {
    return pages;
  }
}
