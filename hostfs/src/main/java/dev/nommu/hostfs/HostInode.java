package dev.nommu.hostfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.Owner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What all kinds of inode have: a number, a position that may change, and what the host says. */
abstract class HostInode {
  /** As many names as a path of Linux can hold; more would be a loop. */
  private static final int MAX_DEPTH = 2048;

  private static final int BLOCK = 512;

  private final HostFileSystem fileSystem;
  private final long number;
  private volatile Position position;
  private volatile HostAttributes seen;
  private volatile Owner owner = Owner.ROOT;

  HostInode(HostFileSystem fileSystem, long number, Position position, HostAttributes seen) {
    this.fileSystem = fileSystem;
    this.number = number;
    this.position = position;
    this.seen = seen;
  }

  /** Returns this inode as the kernel sees it. */
  abstract Inode self();

  /** Returns whether a file is open on it, so that it lives on without a name. */
  boolean isOpen() {
    return false;
  }

  /** Returns the size in bytes once the name is gone, given what the host said last. */
  long sizeWithoutName(HostAttributes last) {
    return last.size();
  }

  final HostFileSystem fileSystem() {
    return fileSystem;
  }

  final HostTree tree() {
    return fileSystem.tree();
  }

  final Position position() {
    return position;
  }

  /** Notes that it is somewhere else now. */
  final void moved(Position newPosition) {
    position = newPosition;
  }

  /** Gives it to somebody, for as long as this mount knows it: the host is not told. */
  final void belongsTo(Owner newOwner) {
    owner = newOwner;
  }

  final FileKind kind() {
    return seen.kind();
  }

  /** Notes what the host says of it now. */
  final void saw(HostAttributes attributes) {
    seen = attributes;
  }

  /** Returns what tells it from all other inodes of the mount. */
  final Object key() {
    return hostKey().orElse(position);
  }

  final Optional<Object> hostKey() {
    return seen.fileKey();
  }

  /** Returns whether the host keeps modes. */
  final boolean hasModes() {
    return seen.permissions().isPresent();
  }

  final boolean isRemoved() {
    return position instanceof Position.Removed;
  }

  /**
   * Returns where it is now.
   *
   * @throws ErrnoException ENOENT if it, or a directory above it, was removed
   */
  final Location location() throws ErrnoException {
    Deque<String> names = new ArrayDeque<>();
    Position at = position;
    while (at instanceof Position.Named named && names.size() < MAX_DEPTH) {
      names.addFirst(named.name());
      at = named.parent().position();
    }
    return switch (at) {
      case Position.Root _ -> new Location(List.copyOf(names));
      case Position.Removed _ ->
          throw new ErrnoException(Errno.ENOENT, "inode " + number + " was removed");
      case Position.Named _ ->
          throw new ErrnoException(
              Errno.ELOOP, "inode " + number + " lies deeper than " + MAX_DEPTH + " names");
    };
  }

  /**
   * Returns where it is, having made sure that it is still there.
   *
   * @throws ErrnoException ENOENT, also if the host has something else there now
   */
  final Location confirmed(String operation) throws ErrnoException {
    Location location = location();
    HostAttributes now = HostCall.run(operation, location, () -> tree().attributes(location));
    if (!now.fileKey().equals(hostKey()) || now.kind() != kind()) {
      throw new ErrnoException(
          Errno.ENOENT, operation + " " + location + ": the host has another file there now");
    }
    saw(now);
    return location;
  }

  /** As {@link Inode#number}. */
  public final long number() {
    return number;
  }

  /**
   * As {@link Inode#attributes}; what was not made through this mount belongs to root. What the
   * host said last counts if it cannot say more.
   */
  public final Attributes attributes() {
    boolean there = isThere();
    HostAttributes now = seen;
    long size = there ? now.size() : sizeWithoutName(now);
    long blocks = (size + BLOCK - 1) / BLOCK;
    return new Attributes(
        now.mode(), owner.uid(), owner.gid(), there ? 1 : 0, size, blocks, now.modified());
  }

  private boolean isThere() {
    try {
      confirmed("stat");
      return true;
    } catch (ErrnoException e) {
      return e.errno() != Errno.ENOENT;
    }
  }

  /**
   * As {@link Inode#chmod}; the host keeps the low nine bits.
   *
   * @throws ErrnoException EPERM if the host has no modes; what the host says
   */
  public final void chmod(int permissions) throws ErrnoException {
    Location location = confirmed("chmod");
    HostCall.act("chmod", location, () -> tree().chmod(location, permissions));
  }
}
