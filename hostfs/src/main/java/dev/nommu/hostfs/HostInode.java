package dev.nommu.hostfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.Owner;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The state common to all kinds of inode: a number, a position that may change, and the host's
 * attributes.
 */
abstract class HostInode {
  /** The most names in a path on Linux; more means a loop. */
  private static final int MAX_DEPTH = 2048;

  /** The part of a mode that a host stores. */
  private static final int HOST_MODE = 0777;

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

  /** Returns this inode as the interface the kernel uses. */
  abstract Inode self();

  /** Returns whether it is open, so that it lives on without a name. */
  boolean isOpen() {
    return false;
  }

  /**
   * Returns the size in bytes after the name is removed, given the last attributes from the host.
   *
   * @throws ErrnoException the host's errors
   */
  long sizeWithoutName(HostAttributes last) throws ErrnoException {
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

  /** Records its new position. */
  final void moved(Position newPosition) {
    position = newPosition;
  }

  /** Sets its owner in this mount only: the owner on the host does not change. */
  final void belongsTo(Owner newOwner) {
    owner = newOwner;
  }

  final FileKind kind() {
    return seen.kind();
  }

  /** Records its current attributes on the host. */
  final void saw(HostAttributes attributes) {
    seen = attributes;
  }

  /** Returns the key that identifies it in the mount. */
  final Object key() {
    return hostKey().orElse(position);
  }

  final Optional<Object> hostKey() {
    return seen.fileKey();
  }

  /** Returns whether the host stores modes. */
  final boolean hasModes() {
    return seen.permissions().isPresent();
  }

  final boolean isRemoved() {
    return position instanceof Position.Removed;
  }

  /**
   * Returns its current location.
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
              Errno.ELOOP, "inode " + number + " is more than " + MAX_DEPTH + " names deep");
    };
  }

  /**
   * Returns its location, after checking that it is still there.
   *
   * @throws ErrnoException ENOENT, also if the host has another file there now
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
   * As {@link Inode#attributes}; files not created through this mount belong to root until their
   * owner is changed. Of a removed file they are the last ones from the host.
   */
  public final Attributes attributes() throws ErrnoException {
    boolean there = isThere();
    HostAttributes now = seen;
    return Attributes.builder(now.mode())
        .owner(owner)
        .links(there ? 1 : 0)
        .size(there ? now.size() : sizeWithoutName(now))
        .blockSize((int) fileSystem.blockSize())
        .accessed(now.accessed())
        .modified(now.modified())
        .build();
  }

  private boolean isThere() throws ErrnoException {
    try {
      confirmed("stat");
      return true;
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * As {@link Inode#chmod}; the host stores the low nine bits.
   *
   * @throws ErrnoException EPERM if the host has no modes; the host's errors
   */
  public final void chmod(int permissions) throws ErrnoException {
    Location location = confirmed("chmod");
    HostCall.act("chmod", location, () -> tree().chmod(location, permissions));
  }

  /**
   * As {@link Inode#chown}; a changed mode is passed to the host, the owner is not.
   *
   * @throws ErrnoException as for {@link #chmod}
   */
  public final void chown(Owner newOwner, int permissions) throws ErrnoException {
    if ((permissions & HOST_MODE) != seen.mode()) {
      chmod(permissions);
    }
    belongsTo(newOwner);
  }

  /**
   * As {@link Inode#setTimes}.
   *
   * @throws ErrnoException the host's errors
   */
  public final void setTimes(Instant accessed, Instant modified) throws ErrnoException {
    Location location = confirmed("utimes");
    HostCall.act("utimes", location, () -> tree().setTimes(location, accessed, modified));
  }
}
