package dev.nommu.mtd;

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
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A machine with nothing but this room's driver on it. */
final class FakeMachine implements DeviceContext {
  /** Where the memory that arguments of ioctls point into begins. */
  static final long USER = 0x9000_0000L;

  /** Where pages of the driver's own come from. */
  static final long PAGES = 0x8000_0000L;

  final Map<String, CharacterDevice> characterDevices = new LinkedHashMap<>();
  final Map<String, BlockDevice> blockDevices = new LinkedHashMap<>();
  final Map<String, BackingStore> stores = new LinkedHashMap<>();
  final Map<String, DeviceNumber> numbers = new LinkedHashMap<>();
  final List<DeviceRegion> regions = new ArrayList<>();
  final Map<String, Supplier<String>> procFiles = new LinkedHashMap<>();
  final Map<AddressRange, DeviceWindow> windows = new LinkedHashMap<>();
  final MemorySegment user = Arena.ofAuto().allocate(Page.SIZE);
  final MtdDriver driver = new MtdDriver();

  private final Profile profile;
  private final Map<String, List<String>> parameters = new HashMap<>();
  private final Map<String, BackingStore> attachments = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private String probed = "";

  FakeMachine(Profile profile) {
    this.profile = profile;
  }

  /** A machine of the document's profile. */
  FakeMachine() {
    this(Profile.DOCUMENT);
  }

  /** Adds a parameter of the command line. */
  FakeMachine with(String parameter, String value) {
    parameters.computeIfAbsent(parameter, name -> new ArrayList<>()).add(value);
    return this;
  }

  /** Puts an image behind a node. */
  FakeMachine attach(String path, byte[] image) {
    attachments.put(path, new ImageStore(MemorySegment.ofArray(image)));
    return this;
  }

  /** Probes nodes and then finishes the boot. */
  FakeMachine boot(FirmwareNode... nodes) throws ErrnoException {
    for (FirmwareNode node : nodes) {
      probed = node.path();
      driver.probe(node, this);
    }
    driver.init(this);
    return this;
  }

  /** Lets time pass. */
  void passMicros(long micros) {
    now = now.plusNanos(micros * 1000);
  }

  /** Opens a character device. */
  MtdFile open(String name, AccessMode mode) throws ErrnoException {
    return (MtdFile) characterDevices.get(name).open(OpenFlags.of(mode));
  }

  /** The memory at user addresses. */
  UserMemory userMemory() {
    return (address, length) -> {
      if (address < USER || address + length > USER + user.byteSize()) {
        throw new ErrnoException(Errno.EFAULT, "0x%x".formatted(address));
      }
      return user.asSlice(address - USER, length);
    };
  }

  /** The memory behind claimed addresses. */
  MemorySegment memoryAt(long address, long length) {
    AddressRange range =
        windows.keySet().stream()
            .filter(r -> r.contains(address, length))
            .findFirst()
            .orElseThrow();
    return windows.get(range).memory().orElseThrow().asSlice(address - range.start(), length);
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public InstantSource clock() {
    return () -> now;
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
    MemorySegment memory = Arena.ofAuto().allocate(range.length());
    claim(range, DeviceWindow.of(memory));
    return memory;
  }

  @Override
  public MemorySegment contents(List<AddressRange> ranges, byte erased) throws ErrnoException {
    long length = ranges.stream().mapToLong(AddressRange::length).sum();
    MemorySegment memory = Arena.ofAuto().allocate(length);
    memory.fill(erased);
    BackingStore image = attachments.get(probed);
    if (image != null) {
      image.read(memory.asSlice(0, image.size()), 0);
    }
    return memory;
  }

  @Override
  public void claim(AddressRange range, DeviceWindow window) throws ErrnoException {
    if (windows.keySet().stream().anyMatch(range::overlaps)) {
      throw new ErrnoException(Errno.EBUSY, range.toString());
    }
    windows.put(range, window);
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
    return Optional.ofNullable(attachments.get(node.path()));
  }

  @Override
  public PageSource pages() {
    return new OneRun();
  }

  @Override
  public long endOfRam() {
    throw new AssertionError("endOfRam");
  }

  @Override
  public UserMemory physicalMemory() {
    return this::memoryAt;
  }

  @Override
  public void registerRegion(DeviceRegion region) {
    regions.add(region);
  }

  @Override
  public void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device)
      throws ErrnoException {
    register(name, number);
    characterDevices.put(name, device);
  }

  @Override
  public void registerBlockDevice(String name, DeviceNumber number, BlockDevice device)
      throws ErrnoException {
    register(name, number);
    blockDevices.put(name, device);
  }

  @Override
  public void registerStore(String name, DeviceNumber device, BackingStore store)
      throws ErrnoException {
    register("store " + name, device);
    stores.put(name, store);
  }

  @Override
  public void registerProcFile(String name, Supplier<String> text) throws ErrnoException {
    if (procFiles.putIfAbsent(name, text) != null) {
      throw new ErrnoException(Errno.EBUSY, name);
    }
  }

  private void register(String name, DeviceNumber number) throws ErrnoException {
    if (numbers.putIfAbsent(name, number) != null) {
      throw new ErrnoException(Errno.EBUSY, name);
    }
  }

  /** One run of pages, never given back. */
  private final class OneRun implements PageSource {
    @Override
    public long maximumRun() {
      return 1024;
    }

    @Override
    public long allocateRun(long pages) throws ErrnoException {
      claimMemory(new AddressRange(PAGES, pages * Page.SIZE));
      return PAGES;
    }

    @Override
    public long allocatePage() throws ErrnoException {
      return allocateRun(1);
    }

    @Override
    public void free(long address, long pages) {
      throw new AssertionError("the driver keeps its pages");
    }

    @Override
    public MemorySegment memory(long address, long length) {
      return memoryAt(address, length);
    }
  }

  /** An image in memory. */
  private record ImageStore(MemorySegment image) implements BackingStore {
    @Override
    public long size() {
      return image.byteSize();
    }

    @Override
    public void read(MemorySegment into, long offset) {
      into.copyFrom(image.asSlice(offset, into.byteSize()));
    }
  }

  /** The bytes of a Latin-1 text, as a segment. */
  static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What a file holds, as Latin-1 text. */
  static String read(MtdFile file, long offset, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    long read = file.read(MemorySegment.ofArray(bytes), offset);
    return new String(bytes, 0, (int) read, StandardCharsets.ISO_8859_1);
  }

  /** What a store holds, as Latin-1 text. */
  static String read(BackingStore store, long offset, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    store.read(MemorySegment.ofArray(bytes), offset);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
