package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
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
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.pages.PageOwners;
import dev.nommu.kernel.plugin.Artifacts;
import dev.nommu.kernel.plugin.NameClash;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The types of file system and the file systems that were made of them. A store that is mounted
 * twice with one type shows one file system. Thread-safe; no monitor is held while a plugin is
 * called.
 */
public final class FileSystems {
  private final HostDirectories hostDirectories;
  private final PageOwners owners;
  private final InstantSource clock;
  private final Profile profile;
  private final Map<Origin, ReentrantLock> turns = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private final Map<String, RegisteredType> types = new LinkedHashMap<>();

  @GuardedBy("this")
  private final List<Live> live = new ArrayList<>();

  @GuardedBy("this")
  private int anonymousDevices;

  private record Live(SuperBlock superBlock, Origin origin) {}

  /** What a file system is made of: a type, and a store if the type needs one. */
  private record Origin(FileSystemType type, @Nullable BackingStore store) {
    /** Whatever the equals of plugins say. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      return other instanceof Origin origin && type == origin.type && store == origin.store;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(type) + System.identityHashCode(store);
    }
  }

  /**
   * Creates an empty set of file systems of no types.
   *
   * @param hostDirectories what the board calls the directories of the host
   * @param owners who has pages of RAM
   */
  public FileSystems(
      HostDirectories hostDirectories, PageOwners owners, InstantSource clock, Profile profile) {
    this.hostDirectories = hostDirectories;
    this.owners = owners;
    this.clock = clock;
    this.profile = profile;
  }

  /**
   * Adds a type, as {@code register_filesystem}.
   *
   * @throws ErrnoException EBUSY if there is one with this name; names the classes of both
   */
  public void register(FileSystemType type) throws ErrnoException {
    register(RegisteredType.of(type));
  }

  /** Adds a type that has said what it is; EBUSY as above. */
  public void register(RegisteredType type) throws ErrnoException {
    RegisteredType other = putIfAbsent(type);
    if (other != null) {
      throw NameClash.of("file system type", type.name(), other.plugin(), type.plugin());
    }
  }

  private synchronized @Nullable RegisteredType putIfAbsent(RegisteredType type) {
    return types.putIfAbsent(type.name(), type);
  }

  /** Returns the types in the order in which they were registered. */
  public synchronized List<RegisteredType> types() {
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
  public synchronized RegisteredType requireType(String name) throws ErrnoException {
    return Optional.ofNullable(types.get(name))
        .orElseThrow(() ->
            new ErrnoException(
                Errno.ENODEV,
                "mount: no file system type \"%s\"%s; there are %s"
                    .formatted(
                        name,
                        Artifacts.ofType(name).map(" (add %s)"::formatted).orElse(""),
                        new TreeSet<>(types.keySet()))));
  }

  /**
   * What is to be mounted.
   *
   * @param source the first argument of {@code mount(2)}
   * @param store the store the source names, if it names one
   * @param options those of the type
   */
  record Wanted(
      String type,
      String source,
      Optional<DeviceRegistry.Store> store,
      List<String> options,
      AccessMode access) {
    /** Returns a file system of a type that needs nothing, for reading and writing. */
    static Wanted nodev(String type, String source) {
      return new Wanted(type, source, Optional.empty(), List.of(), AccessMode.READ_WRITE);
    }
  }

  /**
   * Returns the file system on a source, made anew or found, for one more mount until {@link
   * #leave}. Whoever mounts or unmounts the same store, or the same type without a store, waits
   * meanwhile; nobody else does.
   *
   * @throws ErrnoException ENODEV if there is no such type; what the type says
   */
  SuperBlock join(Wanted wanted) throws ErrnoException {
    Origin origin =
        new Origin(
            requireType(wanted.type()).plugin(),
            wanted.store().map(DeviceRegistry.Store::store).orElse(null));
    ReentrantLock turn = turns.computeIfAbsent(origin, absent -> new ReentrantLock());
    assert InodeLock.isNoneHeld() : "mount of " + wanted + " with the lock of an inode";
    turn.lock();
    try {
      Optional<SuperBlock> known = origin.store() == null ? Optional.empty() : known(origin);
      SuperBlock superBlock = known.isPresent() ? known.get() : mount(wanted, origin, turn);
      superBlock.join();
      return superBlock;
    } finally {
      turn.unlock();
    }
  }

  private synchronized Optional<SuperBlock> known(Origin origin) {
    return live.stream()
        .filter(each -> each.origin().equals(origin))
        .map(Live::superBlock)
        .findFirst();
  }

  private SuperBlock mount(Wanted wanted, Origin origin, ReentrantLock turn) throws ErrnoException {
    FileSystemType type = origin.type();
    OwnedPages pages = owners.newOwner(type.getClass().getName());
    Optional<Path> directory = hostDirectories.directory(wanted.source(), wanted.access());
    try {
      MountRequest request = request(wanted, directory, pages);
      FileSystem fileSystem = PluginCall.ask(type, "mount", () -> type.mount(request));
      Optional<SuperBlock> known = known(fileSystem);
      SuperBlock superBlock =
          known.isPresent() ? known.get() : mounted(wanted, origin, turn, fileSystem);
      superBlock.adopt(pages, directory);
      return superBlock;
    } catch (ErrnoException failure) {
      pages.freeAll();
      directory.ifPresent(hostDirectories::release);
      throw failure;
    }
  }

  private MountRequest request(Wanted wanted, Optional<Path> directory, OwnedPages pages) {
    MountRequest.Builder request =
        MountRequest.builder(wanted.source())
            .options(wanted.options())
            .access(wanted.access())
            .pages(pages)
            .clock(clock)
            .profile(profile)
            .waitQueues(FileWaitQueue::ofTasks);
    wanted.store().map(DeviceRegistry.Store::store).ifPresent(request::store);
    directory.ifPresent(request::hostDirectory);
    return request.build();
  }

  @SuppressWarnings("ReferenceEquality") // whatever a plugin's equals says
  private synchronized Optional<SuperBlock> known(FileSystem fileSystem) {
    return live.stream()
        .map(Live::superBlock)
        .filter(superBlock -> superBlock.fileSystem() == fileSystem)
        .findFirst();
  }

  /** A file system that cannot say what it is has been mounted all the same: it is closed. */
  private SuperBlock mounted(
      Wanted wanted, Origin origin, ReentrantLock turn, FileSystem fileSystem)
      throws ErrnoException {
    try {
      DeviceNumber device =
          wanted.store().map(DeviceRegistry.Store::number).orElseGet(this::anonymousDevice);
      SuperBlock superBlock = new SuperBlock(wanted.type(), fileSystem, device, turn);
      wanted.store().ifPresent(store -> superBlock.territory().add(store.territory()));
      add(new Live(superBlock, origin));
      return superBlock;
    } catch (ErrnoException failure) {
      PluginCall.tell(fileSystem, "close", fileSystem::close);
      throw failure;
    }
  }

  private synchronized DeviceNumber anonymousDevice() {
    return new DeviceNumber(0, ++anonymousDevices);
  }

  private synchronized void add(Live mounted) {
    live.add(mounted);
  }

  /**
   * Says that a mount shows a file system no more; the last one closes it and gives its memory
   * back.
   *
   * @throws ErrnoException EIO if something that was written could not be kept
   */
  void leave(SuperBlock superBlock) throws ErrnoException {
    assert InodeLock.isNoneHeld() : "end of " + superBlock.type() + " with the lock of an inode";
    superBlock.turn().lock();
    try {
      if (superBlock.leave()) {
        close(superBlock);
      }
    } finally {
      superBlock.turn().unlock();
    }
  }

  private void close(SuperBlock superBlock) throws ErrnoException {
    if (!remove(superBlock)) {
      return;
    }
    FileSystem fileSystem = superBlock.fileSystem();
    try {
      PluginCall.tell(fileSystem, "close", fileSystem::close);
    } finally {
      superBlock.freePages();
      superBlock.hostDirectories().forEach(hostDirectories::release);
    }
  }

  private synchronized boolean remove(SuperBlock superBlock) {
    return live.removeIf(each -> each.superBlock() == superBlock);
  }

  /**
   * Closes all file systems, the last mounted first.
   *
   * @throws ErrnoException the first failure; all are closed nevertheless
   */
  public void closeAll() throws ErrnoException {
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
