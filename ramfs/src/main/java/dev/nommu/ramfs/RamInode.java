package dev.nommu.ramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.Owner;
import java.time.Instant;

/** What all kinds of inode have: number, mode, links and time. */
abstract class RamInode {
  private static final int PERMISSIONS = 07777;

  private final RamFileSystem fileSystem;
  private final long number;
  private volatile int permissions;
  private volatile Owner owner;

  /** Milliseconds of the epoch; Linux's clock for this has ticks of 1 to 10 ms. */
  private volatile long modified;

  private int links;

  RamInode(RamFileSystem fileSystem, NewInode description) {
    this.fileSystem = fileSystem;
    this.number = fileSystem.nextNumber();
    this.permissions = description.permissions();
    this.owner = description.owner();
    this.modified = fileSystem.nowMillis();
  }

  /** Returns this inode as the kernel sees it. */
  abstract Inode self();

  /** Returns the size in bytes. */
  abstract long size();

  /** Returns how much is allocated, in units of 512 bytes. */
  long blocks() {
    return 0;
  }

  /** Counts a name in a directory; called under the file system's monitor. */
  void named(RamDirectory parent) {
    addLinks(1);
  }

  /** Forgets a name in a directory; called under the file system's monitor. */
  void unnamed(RamDirectory parent) {
    addLinks(-1);
  }

  final RamFileSystem fileSystem() {
    return fileSystem;
  }

  /** Changes the number of links; called under the file system's monitor. */
  final void addLinks(int difference) {
    links += difference;
  }

  /** Returns whether no name is left; called under the file system's monitor. */
  final boolean isUnnamed() {
    return links == 0;
  }

  /** Notes that the contents changed now. */
  final void touch() {
    long now = fileSystem.nowMillis();
    if (modified != now) {
      modified = now;
    }
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

  /** As {@link Inode#attributes}. */
  public final Attributes attributes() {
    return new Attributes(
        permissions,
        owner.uid(),
        owner.gid(),
        links(),
        size(),
        blocks(),
        Instant.ofEpochMilli(modified));
  }

  /** As {@link Inode#chmod}; every inode keeps its mode. */
  public final void chmod(int permissions) {
    this.permissions = permissions & PERMISSIONS;
  }
}
