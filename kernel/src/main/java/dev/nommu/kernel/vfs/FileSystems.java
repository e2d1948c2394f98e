package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingStore;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Profile;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.memory.OwnedPages;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.memory.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The types of file system and the file systems that were made of them. A store that is mounted
 * twice with one type shows one file system (scenario: an MTD under two names). Thread-safe.
 */
public final class FileSystems {
  private final Map<String, FileSystemType> types = new TreeMap<>();
  private final HostDirectories hostDirectories;
  private final PhysicalMemory memory;
  private final PageAllocator allocator;
  private final InstantSource clock;
  private final Profile profile;
  private final List<Live> live = new ArrayList<>();
  private int anonymousDevices;

  private record Live(SuperBlock superBlock, Optional<BackingStore> store) {}

  /**
   * Creates an empty set of file systems of no types.
   *
   * @param hostDirectories what the board calls the directories of the host
   */
  public FileSystems(
      HostDirectories hostDirectories,
      PhysicalMemory memory,
      PageAllocator allocator,
      InstantSource clock,
      Profile profile) {
    this.hostDirectories = hostDirectories;
    this.memory = memory;
    this.allocator = allocator;
    this.clock = clock;
    this.profile = profile;
  }

  /**
   * Adds a type, as {@code register_filesystem}.
   *
   * @throws ErrnoException EBUSY if there is one with this name; names the classes of both
   */
  public synchronized void register(FileSystemType type) throws ErrnoException {
    FileSystemType other = types.putIfAbsent(type.name(), type);
    if (other != null) {
      throw new ErrnoException(
          Errno.EBUSY,
          "two plugins provide the file system type \"%s\": %s and %s"
              .formatted(type.name(), other.getClass().getName(), type.getClass().getName()));
    }
  }

  /** Returns the types by name. */
  public synchronized List<FileSystemType> types() {
    return List.copyOf(types.values());
  }

  /** Returns every file system that is mounted. */
  public synchronized List<SuperBlock> superBlocks() {
    return live.stream().map(Live::superBlock).toList();
  }

  /**
   * Returns the type with this name.
   *
   * @throws ErrnoException ENODEV if no plugin provides it
   */
  public synchronized FileSystemType requireType(String name) throws ErrnoException {
    return Optional.ofNullable(types.get(name))
        .orElseThrow(() ->
            new ErrnoException(
                Errno.ENODEV,
                "mount: no file system type \"%s\"; there are %s".formatted(name, types.keySet())));
  }

  /**
   * Returns the file system on a source, made anew or found.
   *
   * @param store the store the source names, if it names one
   * @throws ErrnoException what the type says
   */
  synchronized SuperBlock superBlock(
      FileSystemType type,
      String source,
      Optional<DeviceRegistry.Store> store,
      String options,
      AccessMode access)
      throws ErrnoException {
    Optional<BackingStore> backing = store.map(DeviceRegistry.Store::store);
    for (Live each : live) {
      boolean sameStore = backing.isPresent() && each.store().equals(backing);
      if (sameStore && each.superBlock().type().equals(type.name())) {
        return each.superBlock();
      }
    }
    OwnedPages pages = new OwnedPages(type.getClass().getName(), memory, allocator);
    MountRequest request =
        new MountRequest(
            source,
            backing,
            hostDirectories.directory(source, access),
            options,
            access,
            pages,
            clock,
            profile);
    try {
      FileSystem fileSystem = PluginCall.ask(type, "mount", () -> type.mount(request));
      PluginCall.ask(fileSystem, "root", fileSystem::root);
      Optional<SuperBlock> known = known(fileSystem);
      SuperBlock superBlock = known.isPresent() ? known.get() : register(type, fileSystem, store);
      superBlock.adopt(pages);
      return superBlock;
    } catch (ErrnoException failure) {
      pages.freeAll();
      throw failure;
    }
  }

  @SuppressWarnings("ReferenceEquality") // whatever a plugin's equals says
  private Optional<SuperBlock> known(FileSystem fileSystem) {
    return live.stream()
        .map(Live::superBlock)
        .filter(superBlock -> superBlock.fileSystem() == fileSystem)
        .findFirst();
  }

  private SuperBlock register(
      FileSystemType type, FileSystem fileSystem, Optional<DeviceRegistry.Store> store)
      throws ErrnoException {
    FileSystem.NameChanges nameChanges =
        PluginCall.ask(fileSystem, "nameChanges", fileSystem::nameChanges);
    Territory territory = new Territory();
    store.ifPresent(s -> territory.add(s.territory()));
    DeviceNumber device =
        store
            .map(DeviceRegistry.Store::number)
            .orElseGet(() -> new DeviceNumber(0, ++anonymousDevices));
    SuperBlock superBlock = new SuperBlock(type.name(), fileSystem, nameChanges, device, territory);
    live.add(new Live(superBlock, store.map(DeviceRegistry.Store::store)));
    return superBlock;
  }

  /**
   * Closes a file system that is mounted nowhere any more and gives back its memory.
   *
   * @throws ErrnoException EIO if something that was written could not be kept
   */
  synchronized void close(SuperBlock superBlock) throws ErrnoException {
    live.removeIf(each -> each.superBlock() == superBlock);
    FileSystem fileSystem = superBlock.fileSystem();
    try {
      PluginCall.tell(fileSystem, "close", fileSystem::close);
    } finally {
      superBlock.freePages();
    }
  }

  /**
   * Closes all file systems, the last mounted first.
   *
   * @throws ErrnoException the first failure; all are closed nevertheless
   */
  public synchronized void closeAll() throws ErrnoException {
    Optional<ErrnoException> first = Optional.empty();
    for (SuperBlock superBlock : superBlocks().reversed()) {
      try {
        close(superBlock);
      } catch (ErrnoException failure) {
        first = first.or(() -> Optional.of(failure));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }
}
