package dev.nommu.kernel.vfs;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.pages.Presence;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mounted file system, as {@code struct super_block}. Gives every inode number one {@link
 * VfsInode} for as long as it is reachable. Thread-safe.
 */
public final class SuperBlock implements Presence.User {
  private final String type;
  private final FileSystem fileSystem;
  private final FileSystem.NameChanges nameChanges;
  private final boolean readOnly;
  private final boolean directIo;
  private final List<String> shownOptions;
  private final DeviceNumber device;
  private final VfsInode root;
  private final Territory territory = new Territory();
  private final List<OwnedPages> pages = new CopyOnWriteArrayList<>();
  private final List<LentStore> stores = new CopyOnWriteArrayList<>();
  private final List<Path> hostDirectories = new CopyOnWriteArrayList<>();
  private final List<Mount> mounts = new CopyOnWriteArrayList<>();
  private final Map<Long, WeakReference<VfsInode>> inodes = new ConcurrentHashMap<>();
  private final ReentrantLock renames = new ReentrantLock();
  private final Watches watches = new Watches();
  private volatile Optional<Presence> presence = Optional.empty();
  private int sweepAt = 1024;

  /**
   * Creates the kernel's side of a file system that a plugin has mounted.
   *
   * @throws ErrnoException EIO if the plugin fails to return its root (rule PLUGIN-01)
   */
  SuperBlock(String type, FileSystem fileSystem, DeviceNumber device) throws ErrnoException {
    this.type = type;
    this.fileSystem = fileSystem;
    this.nameChanges = PluginCall.ask(fileSystem, "nameChanges", fileSystem::nameChanges);
    this.readOnly = PluginCall.ask(fileSystem, "isReadOnly", fileSystem::isReadOnly);
    this.directIo = PluginCall.ask(fileSystem, "hasDirectIo", fileSystem::hasDirectIo);
    this.shownOptions =
        PluginCall.ask(fileSystem, "shownOptions", () -> List.copyOf(fileSystem.shownOptions()));
    this.device = device;
    this.root = inode(PluginCall.ask(fileSystem, "root", fileSystem::root));
  }

  /** Returns the name of the type. */
  public String type() {
    return type;
  }

  /**
   * Returns whether its files depend on files elsewhere, so that their locks come before others:
   * those of /proc, and those of a host directory, which another machine may serve.
   */
  boolean showsOtherFiles() {
    return type.equals("proc") || !hostDirectories.isEmpty();
  }

  /** Returns whether nothing in it can be executed, however it is mounted (SB_I_NOEXEC). */
  boolean hasNoPrograms() {
    return type.equals("proc") || type.equals("sysfs");
  }

  /** Returns whether its files can be opened with O_DIRECT. */
  boolean hasDirectIo() {
    return directIo;
  }

  /** Returns the plugin's file system. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** Returns the operations that change its names. */
  FileSystem.NameChanges nameChanges() {
    return nameChanges;
  }

  /** Returns whether it is read-only, whatever the flags of a mount. */
  boolean isReadOnly() {
    return readOnly;
  }

  /** Returns the options of its type that /proc/mounts shows. */
  public List<String> shownOptions() {
    return shownOptions;
  }

  /** Returns the number of the device its inodes lie on. */
  public DeviceNumber device() {
    return device;
  }

  /** Returns its root directory. */
  VfsInode root() {
    return root;
  }

  /** Returns the lock that is held while a name moves between directories. */
  ReentrantLock renames() {
    return renames;
  }

  /**
   * Records where a directory was found, as {@code d_splice_alias}; called with its parent locked.
   * No directory contains itself, whatever a plugin or the host says, so following parents ends.
   *
   * @throws ErrnoException ELOOP if it is the parent or contains it; ESTALE if something other than
   *     the machine moved it while the machine moves another name
   */
  void found(VfsInode directory, VfsPath at) throws ErrnoException {
    @Nullable VfsPath before = directory.place();
    if (before == null) {
      put(directory, null, at);
    } else if (!before.isSiblingOf(at)) {
      move(directory, before, at);
    } else if (!before.name().equals(at.name())) {
      put(directory, before, at);
    }
  }

  private void move(VfsInode directory, VfsPath before, VfsPath at) throws ErrnoException {
    if (!renames.tryLock()) {
      throw stale(at);
    }
    try {
      put(directory, before, at);
    } finally {
      renames.unlock();
    }
  }

  private synchronized void put(VfsInode directory, @Nullable VfsPath before, VfsPath at)
      throws ErrnoException {
    if (!Objects.equals(directory.place(), before)) {
      throw stale(at);
    }
    VfsInode parent = at.requireParent().inode();
    if (directory == parent || directory.isAncestorOf(parent)) {
      throw new ErrnoException(
          Errno.ELOOP,
          "%s: %s.lookup returned a directory that contains this one"
              .formatted(in(at), parent.inode().getClass().getName()));
    }
    directory.putAt(at);
  }

  private static ErrnoException stale(VfsPath at) {
    return new ErrnoException(
        Errno.ESTALE, in(at) + ": it was moved, and not by this machine, during a rename");
  }

  private static String in(VfsPath at) {
    return at.requireParent().pathOf(at.name());
  }

  /** Returns the watches of its directories. */
  Watches watches() {
    return watches;
  }

  /** Returns the memory in which its files may be mapped in place. */
  Territory territory() {
    return territory;
  }

  /**
   * Sets the device it is on, until {@link #leaveDevice}.
   *
   * @throws ErrnoException ENXIO if that was unplugged (rule HOT-03)
   */
  void lieOn(Territory ofDevice) throws ErrnoException {
    ofDevice.presence().enter(this, "mount of " + type);
    territory.add(ofDevice);
    presence = Optional.of(ofDevice.presence());
  }

  /** Ends its use of its device. */
  void leaveDevice() {
    presence.ifPresent(device -> device.leave(this));
  }

  /** Its store fails every call on its own. */
  @Override
  public void removed() {}

  /** Takes over the pages, the store and the host directory obtained by a mount that shows it. */
  void adopt(OwnedPages more, Optional<LentStore> store, Optional<Path> directory) {
    directory.ifPresent(hostDirectories::add);
    store.ifPresent(stores::add);
    territory.add(more);
    pages.add(more);
  }

  /** Reports the resources that the closed file system still has to the sanitizer. */
  void tellLeft() {
    pages.forEach(OwnedPages::tellLeft);
    stores.forEach(LentStore::tellLeft);
  }

  /** Returns the host directories passed to it. */
  List<Path> hostDirectories() {
    return hostDirectories;
  }

  /** Returns the number of pages of RAM it has. */
  public long pages() {
    return pages.stream().mapToLong(OwnedPages::pages).sum();
  }

  /** Returns the source of its RAM. */
  public List<OwnedPages> sources() {
    return List.copyOf(pages);
  }

  /** Frees all its RAM. */
  void freePages() {
    pages.forEach(OwnedPages::freeAll);
  }

  /** Counts a mount through which files may be opened. */
  void shownBy(Mount mount) {
    mounts.add(mount);
  }

  /** Records that a mount was removed. */
  void hiddenBy(Mount mount) {
    mounts.remove(mount);
  }

  /** Returns the number of its open files. */
  public int openFiles() {
    return mounts.stream().mapToInt(Mount::openFiles).sum();
  }

  /**
   * Returns the kernel's inode for one of the plugin's.
   *
   * @throws ErrnoException EIO if the plugin fails to identify it (rule PLUGIN-01)
   */
  VfsInode inode(Inode inode) throws ErrnoException {
    long number = PluginCall.ask(inode, "number", inode::number);
    WeakReference<VfsInode> known = inodes.get(number);
    VfsInode live = known == null ? null : known.get();
    return live == null ? keep(VfsInode.of(this, inode, number)) : live;
  }

  /** Returns the inode of this number, which another thread may have made meanwhile. */
  private synchronized VfsInode keep(VfsInode fresh) {
    WeakReference<VfsInode> known = inodes.get(fresh.number());
    VfsInode live = known == null ? null : known.get();
    if (live != null) {
      return live;
    }
    if (inodes.size() >= sweepAt) {
      inodes.values().removeIf(reference -> reference.get() == null);
      sweepAt = Math.max(1024, inodes.size() * 2);
    }
    inodes.put(fresh.number(), new WeakReference<>(fresh));
    return fresh;
  }

  /** Forgets an inode whose last name is gone. */
  void forget(VfsInode inode) {
    inodes.computeIfPresent(
        inode.number(), (number, known) -> known.refersTo(inode) ? null : known);
  }
}
