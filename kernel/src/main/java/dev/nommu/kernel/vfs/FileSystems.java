package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AccessMode;
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
import dev.nommu.kernel.plugin.FencedStore;
import dev.nommu.kernel.plugin.NameClash;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The file system types and the mounted file systems. A store mounted twice with the same type
 * shows one file system. Thread-safe; no monitor is held while a plugin is called.
 */
public final class FileSystems {
  private final HostDirectories hostDirectories;
  private final PageOwners owners;
  private final InstantSource clock;
  private final Profile profile;
  private final Map<Origin, ReentrantLock> turns = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private final Map<String, RegisteredType> types = new LinkedHashMap<>();

  /** In order of mounting. */
  @GuardedBy("this")
  private final Map<SuperBlock, Life> live = new LinkedHashMap<>();

  @GuardedBy("this")
  private int anonymousDevices;

  /**
   * The state of a mounted file system.
   *
   * @param turn locked while it is mounted and unmounted
   * @param users mounts that show it, or are about to
   */
  private record Life(Origin origin, ReentrantLock turn, int users) {
    Life with(int others) {
      return new Life(origin, turn, users + others);
    }
  }

  /** The identity of a file system: its type, and its store if the type needs one. */
  private record Origin(FileSystemType type, @Nullable FencedStore store) {
    void mounted() {
      if (store != null) {
        store.mounted();
      }
    }

    void unmounted() {
      if (store != null) {
        store.unmounted();
      }
    }

    /** By identity, whatever the plugins' own equals says. */
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
   * Creates an empty set of types and file systems.
   *
   * @param hostDirectories the board's names for host directories
   * @param owners the owners of pages of RAM
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

  /** Adds a type with a known name; EBUSY as above. */
  public void register(RegisteredType type) throws ErrnoException {
    RegisteredType other = putIfAbsent(type);
    if (other != null) {
      throw NameClash.of("file system type", type.name(), other.plugin(), type.plugin());
    }
  }

  private synchronized @Nullable RegisteredType putIfAbsent(RegisteredType type) {
    return types.putIfAbsent(type.name(), type);
  }

  /** Returns the types in order of registration. */
  public synchronized List<RegisteredType> types() {
    return List.copyOf(types.values());
  }

  /** Returns every mounted file system. */
  public synchronized List<SuperBlock> superBlocks() {
    return List.copyOf(live.keySet());
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
   * The file system to mount.
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
    /** Returns a file system of a type that needs no source, for reading and writing. */
    static Wanted nodev(String type, String source) {
      return new Wanted(type, source, Optional.empty(), List.of(), AccessMode.READ_WRITE);
    }
  }

  /**
   * Returns the file system on a source, new or existing, for one more mount until {@link #leave}.
   * Only other mounts and unmounts of the same store wait meanwhile.
   *
   * @throws ErrnoException ENODEV if there is no such type; errors of the type
   */
  SuperBlock join(Wanted wanted) throws ErrnoException {
    Origin origin =
        new Origin(
            requireType(wanted.type()).plugin(),
            wanted.store().map(DeviceRegistry.Store::store).orElse(null));
    ReentrantLock turn = turn(origin);
    assert InodeLock.isNoneHeld() : "mount of " + wanted + " with the lock of an inode";
    turn.lock();
    try {
      Optional<SuperBlock> known =
          origin.store() == null
              ? Optional.empty()
              : joinKnown((superBlock, life) -> life.origin().equals(origin));
      return known.isPresent() ? known.get() : mount(wanted, origin, turn);
    } finally {
      turn.unlock();
    }
  }

  /** Returns the lock to hold while mounting; without a store no other mount shares it. */
  private ReentrantLock turn(Origin origin) {
    return origin.store() == null
        ? new ReentrantLock()
        : turns.computeIfAbsent(origin, absent -> new ReentrantLock());
  }

  /** Joins the first mounted file system that matches, if there is one. */
  private synchronized Optional<SuperBlock> joinKnown(BiPredicate<SuperBlock, Life> which) {
    for (Map.Entry<SuperBlock, Life> each : live.entrySet()) {
      if (which.test(each.getKey(), each.getValue())) {
        each.setValue(each.getValue().with(1));
        return Optional.of(each.getKey());
      }
    }
    return Optional.empty();
  }

  private SuperBlock mount(Wanted wanted, Origin origin, ReentrantLock turn) throws ErrnoException {
    FileSystemType type = origin.type();
    OwnedPages pages = owners.newOwner(type.getClass().getName());
    Optional<LentStore> watched = LentStore.watched(wanted.store(), type, owners.sanitizer());
    Optional<Path> directory = hostDirectories.directory(wanted.source(), wanted.access());
    try {
      MountRequest request = request(wanted, watched, directory, pages);
      FileSystem fileSystem = PluginCall.ask(type, "mount", () -> type.mount(request));
      SuperBlock superBlock = joinMounted(fileSystem, wanted, new Life(origin, turn, 1));
      superBlock.adopt(pages, watched, directory);
      return superBlock;
    } catch (ErrnoException failure) {
      pages.freeAll();
      directory.ifPresent(hostDirectories::release);
      throw failure;
    }
  }

  /** A type may return a file system that is already mounted, or being mounted concurrently. */
  private SuperBlock joinMounted(FileSystem fileSystem, Wanted wanted, Life life)
      throws ErrnoException {
    Optional<SuperBlock> known = joinKnown(showing(fileSystem));
    return known.isPresent() ? known.get() : joinOrAdd(mounted(wanted, fileSystem), life);
  }

  @SuppressWarnings("ReferenceEquality") // whatever a plugin's equals returns
  private static BiPredicate<SuperBlock, Life> showing(FileSystem fileSystem) {
    return (superBlock, life) -> superBlock.fileSystem() == fileSystem;
  }

  private synchronized SuperBlock joinOrAdd(SuperBlock fresh, Life life) {
    Optional<SuperBlock> known = joinKnown(showing(fresh.fileSystem()));
    if (known.isEmpty()) {
      live.put(fresh, life);
      life.origin().mounted();
    } else {
      fresh.leaveDevice();
    }
    return known.orElse(fresh);
  }

  private MountRequest request(
      Wanted wanted, Optional<LentStore> watched, Optional<Path> directory, OwnedPages pages) {
    MountRequest.Builder request =
        MountRequest.builder(wanted.source())
            .options(wanted.options())
            .access(wanted.access())
            .pages(pages)
            .clock(clock)
            .profile(profile)
            .waitQueues(FileWaitQueue::ofTasks);
    wanted.store().map(DeviceRegistry.Store::store).ifPresent(request::store);
    watched.ifPresent(request::store);
    directory.ifPresent(request::hostDirectory);
    return request.build();
  }

  /** A file system that fails to describe itself has still been mounted: closes it. */
  private SuperBlock mounted(Wanted wanted, FileSystem fileSystem) throws ErrnoException {
    try {
      DeviceNumber device =
          wanted.store().map(DeviceRegistry.Store::number).orElseGet(this::anonymousDevice);
      SuperBlock superBlock = new SuperBlock(wanted.type(), fileSystem, device);
      if (wanted.store().isPresent()) {
        superBlock.lieOn(wanted.store().get().territory());
      }
      return superBlock;
    } catch (ErrnoException failure) {
      PluginCall.tell(fileSystem, "close", fileSystem::close);
      throw failure;
    }
  }

  private synchronized DeviceNumber anonymousDevice() {
    return new DeviceNumber(0, ++anonymousDevices);
  }

  /**
   * Removes a mount from the users of a file system; the last one closes it and frees its memory.
   *
   * @throws ErrnoException EIO if writes could not be made durable
   */
  void leave(SuperBlock superBlock) throws ErrnoException {
    assert InodeLock.isNoneHeld() : "end of " + superBlock.type() + " with the lock of an inode";
    Optional<ReentrantLock> turn = turn(superBlock);
    if (turn.isEmpty()) {
      return;
    }
    turn.get().lock();
    try {
      if (leaveLast(superBlock)) {
        close(superBlock);
      }
    } finally {
      turn.get().unlock();
    }
  }

  private synchronized Optional<ReentrantLock> turn(SuperBlock superBlock) {
    return Optional.ofNullable(live.get(superBlock)).map(Life::turn);
  }

  /** Returns whether no mount shows it; then it can no longer be joined. */
  private synchronized boolean leaveLast(SuperBlock superBlock) {
    Life left = live.computeIfPresent(superBlock, (key, life) -> life.with(-1));
    return left != null && left.users() == 0 && remove(superBlock);
  }

  private synchronized boolean remove(SuperBlock superBlock) {
    Life life = live.remove(superBlock);
    if (life != null) {
      life.origin().unmounted();
    }
    return life != null;
  }

  private void close(SuperBlock superBlock) throws ErrnoException {
    FileSystem fileSystem = superBlock.fileSystem();
    superBlock.watches().endAll();
    try {
      PluginCall.tell(fileSystem, "close", fileSystem::close);
      superBlock.tellLeft();
    } finally {
      superBlock.freePages();
      superBlock.leaveDevice();
      superBlock.hostDirectories().forEach(hostDirectories::release);
    }
  }

  /**
   * Closes all file systems, the last mounted first.
   *
   * @throws ErrnoException the first failure; all are closed regardless
   */
  public void closeAll() throws ErrnoException {
    Optional<ErrnoException> first = Optional.empty();
    for (SuperBlock superBlock : superBlocks().reversed()) {
      try {
        if (remove(superBlock)) {
          close(superBlock);
        }
      } catch (ErrnoException failure) {
        first = first.or(() -> Optional.of(failure));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }
}
