package dev.nommu.kernel.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.board.KernelParameters;
import dev.nommu.kernel.board.Simulation;
import dev.nommu.kernel.board.Simulation.Place;
import dev.nommu.kernel.memory.OwnedPages;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.memory.Territory;
import dev.nommu.kernel.time.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one call of one driver can ask for. Remembers it all, so that nothing stays if the call
 * fails.
 */
final class DriverContext implements DeviceContext {
  private final String driver;
  private final Optional<String> nodePath;
  private final Hardware hardware;
  private final Territory territory = new Territory();
  private final OwnedPages pages;
  private final List<Long> claimed = new ArrayList<>();
  private final List<MachineTimer> timers = new ArrayList<>();

  DriverContext(String driver, Optional<String> nodePath, Hardware hardware) {
    this.driver = driver;
    this.nodePath = nodePath;
    this.hardware = hardware;
    this.pages = new OwnedPages(driver, hardware.memory(), hardware.allocator());
    territory.add(pages);
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
    MachineTimer timer = new DriverTimer(name, callback, hardware.timers(), hardware.log());
    timers.add(timer);
    return timer;
  }

  @Override
  public List<String> parameters(String name) {
    return new KernelParameters(hardware.board().commandLine()).values(name);
  }

  @Override
  public MemorySegment claimMemory(AddressRange range) throws ErrnoException {
    PartContents part = part(range);
    Optional<MemorySegment> kept = kept(part, (byte) 0);
    if (kept.isPresent()) {
      claim(range, DeviceWindow.of(kept.get()));
      return kept.get();
    }
    MemorySegment memory = hardware.memory().addMemory(bankName(), range);
    claimed(range);
    part.load(memory, hardware.images());
    return memory;
  }

  @Override
  public MemorySegment contents(AddressRange range, byte erased) throws ErrnoException {
    PartContents part = part(range);
    Optional<MemorySegment> kept = kept(part, erased);
    return kept.isPresent() ? kept.get() : loaded(part, erased);
  }

  private MemorySegment loaded(PartContents part, byte filler) throws ErrnoException {
    MemorySegment memory = hardware.memory().reserve(part.part(), part.range().length());
    memory.fill(filler);
    part.load(memory, hardware.images());
    return memory;
  }

  private Optional<MemorySegment> kept(PartContents part, byte filler) throws ErrnoException {
    Optional<KeptMemory> kept = hardware.images().keep(part, filler);
    kept.ifPresent(territory::add);
    return kept.map(KeptMemory::memory);
  }

  private PartContents part(AddressRange range) {
    return new PartContents(
        bankName(),
        range,
        hardware.board().simulation().contents().stream()
            .filter(content -> isFor(content.place(), range))
            .toList());
  }

  private String bankName() {
    return nodePath.map(path -> path.substring(1)).orElse(driver);
  }

  private void claimed(AddressRange range) {
    claimed.add(range.start());
    territory.add(range);
  }

  private boolean isFor(Place place, AddressRange range) {
    return switch (place) {
      case Place.OfNode(String path) -> nodePath.filter(path::equals).isPresent();
      case Place.AtAddress(long address) -> range.contains(address, 1);
    };
  }

  @Override
  public void claim(AddressRange range, DeviceWindow window) throws ErrnoException {
    hardware.memory().addWindow(bankName(), range, window);
    claimed(range);
  }

  @Override
  public Optional<BackingStore> attachment(FirmwareNode node) throws ErrnoException {
    for (Simulation.Content content : hardware.board().simulation().contents()) {
      if (content.place() instanceof Place.OfNode(String path) && path.equals(node.path())) {
        HostImages images = hardware.images();
        return Optional.of(images.use(content, () -> images.open(content)));
      }
    }
    return Optional.empty();
  }

  @Override
  public PageSource pages() {
    return pages;
  }

  @Override
  public UserMemory physicalMemory() {
    PhysicalMemory memory = hardware.memory();
    territory.add((address, length) -> true);
    return memory.asUserMemory();
  }

  @Override
  public void registerRegion(DeviceRegion region) throws ErrnoException {
    hardware.registry().addRegion(region, territory);
  }

  @Override
  public void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device)
      throws ErrnoException {
    register(name, number, new DeviceRegistry.Target.CharacterTarget(device));
  }

  @Override
  public void registerBlockDevice(String name, DeviceNumber number, BlockDevice device)
      throws ErrnoException {
    register(name, number, new DeviceRegistry.Target.BlockTarget(device));
  }

  private void register(String name, DeviceNumber number, DeviceRegistry.Target target)
      throws ErrnoException {
    hardware.registry().add(new DeviceRegistry.Device(name, number, target, territory, driver));
  }

  @Override
  public void registerStore(String name, DeviceNumber device, BackingStore store)
      throws ErrnoException {
    hardware.registry().add(name, new DeviceRegistry.Store(device, store, territory));
  }

  @Override
  public void registerProcFile(String name, Supplier<String> text) throws ErrnoException {
    hardware.registry().addProcFile(name, text, territory);
  }

  /** Takes back everything that was claimed and registered. */
  void rollBack() {
    timers.forEach(MachineTimer::cancel);
    hardware.registry().removeAll(territory);
    claimed.forEach(hardware.memory()::remove);
    pages.freeAll();
  }

  OwnedPages ownedPages() {
    return pages;
  }
}
