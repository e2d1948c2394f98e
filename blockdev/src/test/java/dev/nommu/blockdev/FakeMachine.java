package dev.nommu.blockdev;

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
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** As much of a kernel as block drivers ask for. Anything else they ask for fails the test. */
final class FakeMachine implements DeviceContext {
  final FakePages pages;
  final Map<String, List<String>> parameters = new HashMap<>();
  final Map<String, BackingStore> attachments = new HashMap<>();
  final Map<String, BlockDevice> devices = new LinkedHashMap<>();
  final Map<String, DeviceNumber> numbers = new HashMap<>();
  final List<DeviceRegion> regions = new ArrayList<>();

  FakeMachine(int ramPages) {
    this.pages = new FakePages(ramPages);
  }

  @Override
  public Profile profile() {
    return Profile.DOCUMENT;
  }

  @Override
  public InstantSource clock() {
    throw new AssertionError("clock");
  }

  @Override
  public WaitQueue newWaitQueue(String what) {
    throw new AssertionError("newWaitQueue");
  }

  @Override
  public MachineTimer newTimer(String name, Runnable callback) {
    throw new AssertionError("newTimer");
  }

  @Override
  public List<String> parameters(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  @Override
  public MemorySegment claimMemory(AddressRange range) {
    throw new AssertionError("claimMemory");
  }

  @Override
  public MemorySegment contents(List<AddressRange> ranges, byte erased) {
    throw new AssertionError("contents");
  }

  @Override
  public void claim(AddressRange range, DeviceWindow window) {
    throw new AssertionError("claim");
  }

  @Override
  public AddressRange claim(DeviceWindow window) {
    throw new AssertionError("no driver of this room leaves its addresses to the kernel");
  }

  @Override
  public DeviceRegion allocateRegion(DeviceFile.Kind kind, String name, int minors) {
    DeviceNumber first = new DeviceNumber(254 - regions.size(), 0);
    regions.add(new DeviceRegion(kind, name, first, minors, Errno.ENXIO));
    return regions.getLast();
  }

  @Override
  public String registerCharacterDevice(String name, CharacterDevice device) {
    throw new AssertionError("no driver of this room leaves its numbers to the kernel");
  }

  @Override
  public String registerBlockDevice(String name, BlockDevice device) {
    throw new AssertionError("no driver of this room leaves its numbers to the kernel");
  }

  @Override
  public Optional<BackingStore> attachment(FirmwareNode node) {
    return Optional.ofNullable(attachments.get(node.path()));
  }

  @Override
  public PageSource pages() {
    return pages;
  }

  @Override
  public long endOfRam() {
    throw new AssertionError("endOfRam");
  }

  @Override
  public UserMemory physicalMemory() {
    throw new AssertionError("physicalMemory");
  }

  @Override
  public void registerRegion(DeviceRegion region) {
    regions.add(region);
  }

  @Override
  public void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device) {
    throw new AssertionError("registerCharacterDevice");
  }

  @Override
  public void registerBlockDevice(String name, DeviceNumber number, BlockDevice device) {
    devices.put(name, device);
    numbers.put(name, number);
  }

  @Override
  public void registerStore(String name, DeviceNumber device, BackingStore store) {
    throw new AssertionError("registerStore");
  }

  @Override
  public void registerProcFile(String name, Supplier<String> text) {
    throw new AssertionError("registerProcFile");
  }
}
