package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.RegularFile;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Optional;

/**
 * A locked directory, so that looking up a name and changing it are atomic. For the thread that
 * locked it.
 */
final class LockedDirectory implements AutoCloseable {
  private final VfsPath path;
  private final VfsInode inode;
  private final Directory directory;

  private LockedDirectory(VfsPath path, Directory directory) {
    this.path = path;
    this.inode = path.inode();
    this.directory = directory;
  }

  /**
   * Locks a directory until {@link #close}.
   *
   * @throws ErrnoException ENOTDIR
   */
  static LockedDirectory lock(VfsPath path) throws ErrnoException {
    LockedDirectory locked = new LockedDirectory(path, path.requireDirectory());
    locked.inode.lock().lock();
    return locked;
  }

  @Override
  public void close() {
    inode.lock().unlock();
  }

  /** Returns the directory as a place in the tree. */
  VfsPath path() {
    return path;
  }

  /** Returns the inode of a name; empty in a removed directory. */
  Optional<VfsPath> lookup(String name) throws ErrnoException {
    if (inode.isRemoved()) {
      return Optional.empty();
    }
    NameCache known = inode.names();
    Optional<Inode> found = PluginCall.ask(directory, "lookup", () -> directory.lookup(name));
    return found.isEmpty() ? Optional.empty() : Optional.of(place(name, found.get(), known));
  }

  private VfsPath place(String name, Inode found, NameCache known) throws ErrnoException {
    VfsPath place = place(inode.superBlock().inode(found), name);
    if (place.inode().kind() == FileKind.DIRECTORY) {
      inode.superBlock().found(place.inode(), place);
    }
    if (inode.superBlock().nameChanges() == FileSystem.NameChanges.BY_KERNEL) {
      known.remember(place);
    }
    return place;
  }

  /**
   * Returns the inode of a name.
   *
   * @throws ErrnoException ENOENT
   */
  VfsPath require(String name) throws ErrnoException {
    return lookup(name)
        .orElseThrow(
            () -> new ErrnoException(Errno.ENOENT, "no \"%s\" in %s".formatted(name, path)));
  }

  /** Checks that names can be created in it; ENOENT. */
  void requireAlive() throws ErrnoException {
    if (inode.isRemoved()) {
      throw new ErrnoException(Errno.ENOENT, path + ": the directory was removed");
    }
  }

  /** Checks that a name is free; EEXIST, and ENOENT in a directory that was removed. */
  void requireFree(String name) throws ErrnoException {
    requireAlive();
    if (lookup(name).isPresent()) {
      throw new ErrnoException(Errno.EEXIST, path.pathOf(name) + " already exists");
    }
  }

  /** Creates an inode under a free name. */
  VfsPath create(String name, NewInode what) throws ErrnoException {
    Inode made = PluginCall.ask(directory, "create", () -> directory.create(name, what));
    report(Kind.CREATE, name);
    return place(name, made, inode.names());
  }

  /** Creates an unnamed regular file. */
  VfsPath tmpfile(NewInode what) throws ErrnoException {
    RegularFile made = PluginCall.ask(directory, "tmpfile", () -> directory.tmpfile(what));
    VfsInode nameless = inode.superBlock().inode(made);
    String shown = "#" + nameless.number();
    VfsPath place = place(nameless, shown);
    nameless.unlinked(place);
    return place;
  }

  /** Links an inode under a free name. */
  void link(String name, VfsInode file) throws ErrnoException {
    PluginCall.tell(directory, "link", () -> directory.link(name, file.inode()));
    file.linked(place(file, name));
    report(Kind.CREATE, name);
  }

  /** Removes a name of an inode other than a directory. */
  void unlink(VfsPath victim) throws ErrnoException {
    String name = victim.name();
    losing(victim, () -> PluginCall.tell(directory, "unlink", () -> directory.unlink(name)));
    report(Kind.DELETE, name);
  }

  /** Removes a directory, in which nothing can be created afterwards. */
  void rmdir(VfsPath victim) throws ErrnoException {
    String name = victim.name();
    losing(victim, () -> PluginCall.tell(directory, "rmdir", () -> directory.rmdir(name)));
    report(Kind.DELETE, name);
  }

  /**
   * Moves a name.
   *
   * @param target the new directory, locked as well
   * @param replaced the inode of the new name
   */
  void rename(VfsPath moved, LockedDirectory target, String newName, Optional<VfsPath> replaced)
      throws ErrnoException {
    FallibleAction<ErrnoException> move =
        () ->
            PluginCall.tell(
                directory,
                "rename",
                () -> directory.rename(moved.name(), target.directory, newName));
    try {
      if (replaced.isPresent()) {
        target.losing(replaced.get(), move);
      } else {
        move.run();
      }
    } finally {
      inode.namesChanged();
      target.inode.namesChanged();
    }
    moved.inode().moved(moved, target.place(moved.inode(), newName));
    report(Kind.MOVED_FROM, moved.name());
    target.report(Kind.MOVED_TO, newName);
  }

  private void report(Kind kind, String name) {
    inode.superBlock().watches().report(inode, kind, name);
  }

  private VfsPath place(VfsInode child, String name) {
    return new VfsPath(path.mount(), child, path, name);
  }

  /**
   * Removes a name of an inode; after its last one it can no longer be opened, nor mounted on.
   *
   * @throws ErrnoException EBUSY if something is mounted there
   */
  private void losing(VfsPath victim, FallibleAction<ErrnoException> change) throws ErrnoException {
    VfsInode lost = victim.inode();
    if (lost.kind() != FileKind.REGULAR && lost.kind() != FileKind.DIRECTORY) {
      forgetting(victim, change);
      return;
    }
    lost.lock().lock();
    try {
      victim.requireNotMountPoint();
      boolean last = lost.kind() == FileKind.DIRECTORY || lost.attributes().links() <= 1;
      forgetting(victim, change);
      if (last) {
        lost.removed();
      }
    } finally {
      lost.lock().unlock();
    }
  }

  private void forgetting(VfsPath victim, FallibleAction<ErrnoException> change)
      throws ErrnoException {
    try {
      change.run();
    } finally {
      inode.namesChanged();
    }
    victim.inode().unlinked(victim);
  }
}
