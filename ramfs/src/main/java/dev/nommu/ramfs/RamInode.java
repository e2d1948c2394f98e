package dev.nommu.ramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.NewInode;
import dev.nommu.api.Owner;
import java.time.Instant;
import java.util.Set;

/** The state common to all kinds of inode: number, mode, links and times. */
abstract class RamInode {
  private static final long NEVER = Long.MIN_VALUE;

  private final RamFileSystem fileSystem;
  private final long number;
  private volatile Access access;

  private volatile Set<InodeFlag> flags = Set.of();
  private volatile Instant accessed;
  private volatile Instant modified;
  private volatile Instant changed;

  /**
   * The time of the last {@link #touch}, in milliseconds: Linux's clock for it has ticks of 1 to 10
   * ms.
   */
  private volatile long touched;

  private int links;

  /** Owner and mode, changed together. */
  private record Access(Owner owner, int permissions) {}

  RamInode(RamFileSystem fileSystem, NewInode description) {
    this.fileSystem = fileSystem;
    this.number = fileSystem.nextNumber();
    this.access = new Access(description.owner(), description.permissions());
    this.touched = fileSystem.nowMillis();
    this.changed = Instant.ofEpochMilli(touched);
    this.modified = changed;
    this.accessed = changed;
  }

  /** Returns this inode as the interface the kernel uses. */
  abstract Inode self();

  /** Returns the size in bytes. */
  abstract long size();

  /** Returns the allocated size in units of 512 bytes. */
  long blocks() {
    return 0;
  }

  /** Called when a name in a directory is added, under the file system's monitor. */
  void named(RamDirectory parent) {
    addLinks(1);
  }

  /** Called when a name in a directory is removed, under the file system's monitor. */
  void unnamed(RamDirectory parent) {
    addLinks(-1);
  }

  final RamFileSystem fileSystem() {
    return fileSystem;
  }

  /** Changes the number of links; called under the file system's monitor. */
  final void addLinks(int difference) {
    links += difference;
    noteChange();
  }

  /** Returns whether no name is left; called under the file system's monitor. */
  final boolean isUnnamed() {
    return links == 0;
  }

  /** Records that the contents changed now. */
  final void touch() {
    long now = fileSystem.nowMillis();
    if (touched != now) {
      touched = now;
      changed = Instant.ofEpochMilli(now);
      modified = changed;
    }
  }

  /** Records that a property other than the contents changed now. */
  final void noteChange() {
    touched = NEVER;
    changed = Instant.ofEpochMilli(fileSystem.nowMillis());
  }

  final ErrnoException removed(String operation) {
    return new ErrnoException(Errno.ENOENT, operation + ": inode " + number + " was removed");
  }

  private int links() {
    synchronized (fileSystem) {
      return links;
    }
  }

  /** As {@link Inode#number}. */
  public final long number() {
    return number;
  }

  /** As {@link Inode#attributes}; reads do not update the access time. */
  public final Attributes attributes() {
    Access now = access;
    return Attributes.builder(now.permissions())
        .owner(now.owner())
        .links(links())
        .size(size())
        .blocks(blocks())
        .accessed(accessed)
        .modified(modified)
        .changed(changed)
        .build();
  }

  /** As {@link Inode#chmod}; every inode stores its mode. */
  public final void chmod(int permissions) {
    chown(access.owner(), permissions);
  }

  /** As {@link Inode#chown}; every inode stores its owner. */
  public final void chown(Owner owner, int permissions) {
    access = new Access(owner, permissions);
    noteChange();
  }

  /** As {@link dev.nommu.api.FlaggedInode#flags}, for the kinds that have the slot. */
  public final Set<InodeFlag> flags() {
    return flags;
  }

  /** As {@link dev.nommu.api.FlaggedInode#setFlags}, for the kinds that have the slot. */
  public final void setFlags(Set<InodeFlag> newFlags) {
    flags = Set.copyOf(newFlags);
    noteChange();
  }

  /** As {@link Inode#setTimes}; every inode stores its times. */
  public final void setTimes(Instant newAccessed, Instant newModified) {
    accessed = newAccessed;
    modified = newModified;
    noteChange();
  }
}
