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
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.plugin.StoreOwner;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The services offered to one call of one driver. Records every use, so that nothing remains if the
 * call fails; claims and registers nothing after the call has ended (rule PLUGIN-01). Thread-safe.
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
  private final DeviceMemory memory;

  private final DeviceResources resources;

  @GuardedBy("this")
  private final List<String> ignored = new ArrayList<>();

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
    this.memory = new DeviceMemory(bankName(), nodePath, hardware, territory);
    this.owner = new StoreOwner(driver.plugin(), new DeviceGround(territory, resource));
    this.resources = new DeviceResources(nodePath.orElse(driver.name()), log);
  }

  /** Ends the call of the driver: it keeps its resources, and further requests fail. */
  synchronized void end() {
    ended = true;
  }

  /**
   * Checks that the call of the driver has not ended.
   *
   * @throws ErrnoException EIO, naming the driver, if it has
   */
  @GuardedBy("this")
  private void requireCurrent(String operation) throws ErrnoException {
    if (ended) {
      throw PluginCall.wrong(driver.plugin(), operation, tooLate());
    }
  }

  private String tooLate() {
    return "expected a call during %s, found that it has ended"
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
  public synchronized void ignoreParameter(String name, String value, String reason) {
    if (ended) {
      throw new PluginFault(driver.plugin(), "ignoreParameter", tooLate());
    }
    if (!parameters(name).contains(value)) {
      throw new PluginFault(
          driver.plugin(),
          "ignoreParameter",
          "expected a value that was given to %s, found \"%s\"".formatted(name, value));
    }
    if (hardware.parameters().ignore(name, value)) {
      ignored.add("%s=%s: %s".formatted(name, value, reason));
    }
  }

  /** Returns the parameter values that the driver ignored, with the reasons. */
  synchronized List<String> ignored() {
    return List.copyOf(ignored);
  }

  @Override
  public MemorySegment claimMemory(AddressRange range) throws ErrnoException {
    return claimMemory(resource, range);
  }

  @Override
  public synchronized MemorySegment claimMemory(String name, AddressRange range)
      throws ErrnoException {
    requireCurrent("claimMemory");
    return memory.claim(name, range);
  }

  @Override
  public synchronized MemorySegment memremap(String name, AddressRange range)
      throws ErrnoException {
    if (!hardware.memory().ram().overlaps(range)) {
      return claimMemory(name, range);
    }
    requireCurrent("memremap");
    return memory.remap(name, range);
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
    return memory.contents(ranges, erased);
  }

  private String bankName() {
    return nodePath.map(path -> path.substring(1)).orElse(driver.name());
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
    memory.claim(bank);
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
    territory.add((address, length) -> true);
    return hardware.memory().asUserMemory();
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
    resources.add(Objects.requireNonNull(resource, "resource"));
  }

  /** Releases everything claimed and registered. */
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
   * Unplugs the device: it can no longer be opened, its windows no longer serve accesses, and its
   * resources are released when its last user is gone (section HOT).
   *
   * @param gone called when all is released
   */
  void remove(Runnable gone) {
    timers.end();
    hardware.registry().unplug(territory, driver.name());
    memory.unplug();
    territory.presence().remove();
    closeResources();
    territory
        .presence()
        .whenUnused(() -> {
          giveBack();
          gone.run();
        });
  }

  /** Closes the resources that the driver registered, in reverse order. */
  void closeResources() {
    resources.close();
  }

  private void giveBack() {
    memory.giveBack(log);
    pages.freeAll();
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
