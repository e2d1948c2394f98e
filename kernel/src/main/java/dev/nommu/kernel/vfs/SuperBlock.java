package dev.nommu.kernel.vfs;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.kernel.memory.OwnedPages;
import dev.nommu.kernel.memory.Territory;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file system that is mounted somewhere, as {@code struct super_block}. Gives every inode number
 * one {@link VfsInode} for as long as somebody holds it. Thread-safe.
 */
public final class SuperBlock {
  private final String type;
  private final FileSystem fileSystem;
  private final DeviceNumber device;
  private final Territory territory;
  private final OwnedPages pages;
  private final Map<Long, WeakReference<VfsInode>> inodes = new HashMap<>();
  private final AtomicInteger openFiles = new AtomicInteger();
  private int sweepAt = 1024;

  SuperBlock(
      String type,
      FileSystem fileSystem,
      DeviceNumber device,
      Territory territory,
      OwnedPages pages) {
    this.type = type;
    this.fileSystem = fileSystem;
    this.device = device;
    this.territory = territory;
    this.pages = pages;
  }

  /** Returns the name of the type. */
  public String type() {
    return type;
  }

  /** Returns the plugin's file system. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** Returns the number of the device its inodes lie on. */
  public DeviceNumber device() {
    return device;
  }

  /** Returns the memory in which its files may be mapped in place. */
  Territory territory() {
    return territory;
  }

  /** Returns the RAM it has. */
  public OwnedPages pages() {
    return pages;
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
  synchronized VfsInode inode(Inode inode) {
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
