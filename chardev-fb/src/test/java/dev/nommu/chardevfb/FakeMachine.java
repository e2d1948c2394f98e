package dev.nommu.chardevfb;

import dev.nommu.api.AccessMode;
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
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A machine without a kernel: 1 MiB of RAM at 0x80000000 and what drivers register. */
final class FakeMachine implements DeviceContext {
  static final long RAM_START = 0x8000_0000L;
  static final long RAM_SIZE = 1 << 20;

  final MemorySegment ram = Arena.ofAuto().allocate(RAM_SIZE);
  final Map<String, CharacterDevice> devices = new HashMap<>();
  final Map<String, DeviceNumber> numbers = new HashMap<>();
  final List<DeviceRegion> regions = new ArrayList<>();
  final Map<String, Supplier<String>> procFiles = new HashMap<>();
  final Map<AddressRange, MemorySegment> claimed = new HashMap<>();
  private final Profile profile;
  private final Map<String, List<String>> parameters;
  private long nextPage = RAM_START;

  FakeMachine(Profile profile, Map<String, List<String>> parameters) {
    this.profile = profile;
    this.parameters = parameters;
  }

  FakeMachine() {
    this(Profile.DOCUMENT, Map.of());
  }

  OpenFile open(String name) throws ErrnoException {
    return devices.get(name).open(OpenFlags.of(AccessMode.READ_WRITE));
  }

  /** Opens a device as something that has the slots of this type. */
  <T extends OpenFile> T open(String name, Class<T> slots) throws ErrnoException {
    return slots.cast(open(name));
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(Instant.EPOCH);
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
  public MemorySegment claimMemory(AddressRange range) throws ErrnoException {
    if (claimed.keySet().stream().anyMatch(range::overlaps)) {
      throw new ErrnoException(Errno.EBUSY, range + " is taken");
    }
    MemorySegment memory = Arena.ofAuto().allocate(range.length());
    claimed.put(range, memory);
    return memory;
  }

  @Override
  public MemorySegment contents(List<AddressRange> ranges, byte erased) {
    throw new AssertionError("no driver of this room answers for its addresses itself");
  }

  @Override
  public void claim(AddressRange range, DeviceWindow window) {
    throw new AssertionError("no driver of this room claims windows");
  }

  @Override
  public AddressRange claim(DeviceWindow window) {
    throw new AssertionError("no driver of this room leaves its addresses to the kernel");
  }

  @Override
  public DeviceRegion allocateRegion(DeviceFile.Kind kind, String name, int minors) {
    throw new AssertionError("no driver of this room leaves its numbers to the kernel");
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
    return Optional.empty();
  }

  @Override
  public PageSource pages() {
    return new Pages();
  }

  @Override
  public long endOfRam() {
    return RAM_START + RAM_SIZE - 4096;
  }

  @Override
  public UserMemory physicalMemory() {
    AddressRange range = new AddressRange(RAM_START, RAM_SIZE);
    return (address, length) -> {
      if (!range.contains(address, length)) {
        throw new ErrnoException(Errno.EFAULT, "no memory at 0x%x".formatted(address));
      }
      return ram.asSlice(address - RAM_START, length);
    };
  }

  @Override
  public void registerRegion(DeviceRegion region) {
    regions.add(region);
  }

  @Override
  public void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device)
      throws ErrnoException {
    if (devices.containsKey(name) || numbers.containsValue(number)) {
      throw new ErrnoException(Errno.EBUSY, name + " or its number is taken");
    }
    devices.put(name, device);
    numbers.put(name, number);
  }

  @Override
  public void registerBlockDevice(String name, DeviceNumber number, BlockDevice device) {
    throw new AssertionError("no driver of this room has block devices");
  }

  @Override
  public void registerStore(String name, DeviceNumber device, BackingStore store) {
    throw new AssertionError("no driver of this room has stores");
  }

  @Override
  public void registerProcFile(String name, Supplier<String> text) {
    procFiles.put(name, text);
  }

  /** Hands out RAM from the bottom up; the longest run is 64 pages. */
  private final class Pages implements PageSource {
    @Override
    public long maximumRun() {
      return 64;
    }

    @Override
    public long allocateRun(long pages) throws ErrnoException {
      if (nextPage + pages * Page.SIZE > RAM_START + RAM_SIZE) {
        throw new ErrnoException(Errno.ENOMEM, pages + " pages");
      }
      long address = nextPage;
      nextPage += pages * Page.SIZE;
      return address;
    }

    @Override
    public long allocatePage() throws ErrnoException {
      return allocateRun(1);
    }

    @Override
    public void free(long address, long pages) {}

    @Override
    public MemorySegment memory(long address, long length) {
      return ram.asSlice(address - RAM_START, length);
    }
  }
}
