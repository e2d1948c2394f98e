package dev.nommu.kernel.vfs;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.kernel.memory.OwnedPages;
import dev.nommu.kernel.memory.Territory;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file system that is mounted somewhere, as {@code struct super_block}. Gives every inode number
 * one {@link VfsInode} for as long as somebody holds it. Thread-safe.
 */
public final class SuperBlock {
  private final String type;
  private final FileSystem fileSystem;
  private final FileSystem.NameChanges nameChanges;
  private final DeviceNumber device;
  private final Territory territory;
  private final List<OwnedPages> pages = new CopyOnWriteArrayList<>();
  private final Map<Long, WeakReference<VfsInode>> inodes = new ConcurrentHashMap<>();
  private final AtomicInteger openFiles = new AtomicInteger();
  private int sweepAt = 1024;

  SuperBlock(
      String type,
      FileSystem fileSystem,
      FileSystem.NameChanges nameChanges,
      DeviceNumber device,
      Territory territory) {
    this.type = type;
    this.fileSystem = fileSystem;
    this.nameChanges = nameChanges;
    this.device = device;
    this.territory = territory;
  }

  /** Returns the name of the type. */
  public String type() {
    return type;
  }

  /** Returns whether its files tell of files elsewhere, so that their locks come before others. */
  boolean showsOtherFiles() {
    return type.equals("proc");
  }

  /** Returns the plugin's file system. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** Returns through what its names change. */
  FileSystem.NameChanges nameChanges() {
    return nameChanges;
  }

  /** Returns the number of the device its inodes lie on. */
  public DeviceNumber device() {
    return device;
  }

  /** Returns the memory in which its files may be mapped in place. */
  Territory territory() {
    return territory;
  }

  /** Takes over the pages that a mount which showed this file system got. */
  void adopt(OwnedPages more) {
    territory.add(more);
    pages.add(more);
  }

  /** Returns how many pages of RAM it has. */
  public long pages() {
    return pages.stream().mapToLong(OwnedPages::pages).sum();
  }

  /** Gives back all its RAM. */
  void freePages() {
    pages.forEach(OwnedPages::freeAll);
  }

  /** Returns how many files of it are open; it cannot be unmounted before they are closed. */
  public int openFiles() {
    return openFiles.get();
  }

  void fileOpened() {
    openFiles.incrementAndGet();
  }

  void fileClosed() {
    openFiles.decrementAndGet();
  }

  /** Returns the kernel's inode for one of the plugin's. */
  VfsInode inode(Inode inode) {
    WeakReference<VfsInode> known = inodes.get(inode.number());
    VfsInode live = known == null ? null : known.get();
    return live == null ? fresh(inode) : live;
  }

  private synchronized VfsInode fresh(Inode inode) {
    WeakReference<VfsInode> known = inodes.get(inode.number());
    VfsInode live = known == null ? null : known.get();
    if (live != null) {
      return live;
    }
    if (inodes.size() >= sweepAt) {
      inodes.values().removeIf(reference -> reference.get() == null);
      sweepAt = Math.max(1024, inodes.size() * 2);
    }
    VfsInode fresh = new VfsInode(this, inode);
    inodes.put(inode.number(), new WeakReference<>(fresh));
    return fresh;
  }
}
