package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.vfs.PathWalk.LastLink;
import java.util.Optional;

/**
 * Creates, moves and removes names. A name is looked up and changed atomically, with the directory
 * locked. Thread-safe. Every method throws the errors of a path walk: ENOENT, ENOTDIR, ELOOP,
 * ENAMETOOLONG, EACCES. The order of errors is that of {@code fs/namei.c}.
 */
public final class NameOperations {
  private final Vfs vfs;

  NameOperations(Vfs vfs) {
    this.vfs = vfs;
  }

  /**
   * Creates an inode of any kind under a free name.
   *
   * @throws ErrnoException EEXIST, EROFS, ENOENT for a name that ends in a slash unless for a
   *     directory, errors of the file system
   */
  public void create(FsContext context, String path, NewInode what) throws ErrnoException {
    if (what instanceof NewInode.SymbolicLink link) {
      requireTarget(path, link.target());
    }
    try (PathWalk walk = vfs.walk(context, path)) {
      PathWalk.Last last = walk.last().requireName(Errno.EEXIST);
      try (LockedDirectory directory = LockedDirectory.lock(last.directory())) {
        directory.requireFree(last.name());
        if (last.trailingSlash() && !(what instanceof NewInode.Directory)) {
          throw new ErrnoException(Errno.ENOENT, path + ": only a directory ends in a slash");
        }
        try (Mount.Writing _ = directory.path().beginChange()) {
          createIn(context, directory, last.name(), what);
        }
      }
    }
  }

  /** Checks the target of a symbolic link: ENOENT, EINVAL, ENAMETOOLONG as {@code getname}. */
  private static void requireTarget(String path, String target) throws ErrnoException {
    Optional<String> wrong = FileName.wrongWithTarget(target);
    if (wrong.isPresent()) {
      Errno errno =
          target.isEmpty()
              ? Errno.ENOENT
              : target.indexOf('\0') >= 0 ? Errno.EINVAL : Errno.ENAMETOOLONG;
      throw new ErrnoException(errno, "symlink %s: its target %s".formatted(path, wrong.get()));
    }
  }

  /** Creates an inode under a free name, on a mount that stays writable; EACCES, EPERM. */
  VfsPath createIn(FsContext context, LockedDirectory directory, String name, NewInode what)
      throws ErrnoException {
    requireChangeable(context, directory.path());
    requireMayMake(context, directory.path(), name, what);
    Attributes of = directory.path().inode().attributes();
    return directory.create(name, context.making(what, of));
  }

  /**
   * Creates an unnamed regular file (rule FILE-06), on a mount that stays writable; EACCES,
   * EOPNOTSUPP.
   */
  VfsPath tmpfile(FsContext context, VfsPath at, NewInode what) throws ErrnoException {
    try (LockedDirectory directory = LockedDirectory.lock(at)) {
      directory.requireAlive();
      requireChangeable(context, at);
      return directory.tmpfile(context.making(what, at.inode().attributes()));
    }
  }

  private static void requireMayMake(FsContext context, VfsPath at, String name, NewInode what)
      throws ErrnoException {
    if (what instanceof NewInode.DeviceFile && context.credentials().uid() != 0) {
      throw new ErrnoException(
          Errno.EPERM, "mknod " + at.pathOf(name) + ": only the superuser makes device nodes");
    }
  }

  /**
   * Removes a name of an inode other than a directory.
   *
   * @throws ErrnoException EISDIR, EROFS, ENOTDIR for a name that ends in a slash, errors of the
   *     file system
   */
  public void unlink(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = vfs.walk(context, path)) {
      PathWalk.Last last = walk.last().requireName(Errno.EISDIR);
      try (Mount.Writing _ = last.directory().beginChange();
          LockedDirectory directory = LockedDirectory.lock(last.directory())) {
        VfsPath victim = directory.require(last.name());
        requireRemovable(context, last.directory(), victim);
        if (victim.inode().kind() == FileKind.DIRECTORY) {
          throw new ErrnoException(Errno.EISDIR, "unlink " + path + ": it is a directory");
        }
        if (last.trailingSlash()) {
          throw new ErrnoException(Errno.ENOTDIR, "unlink " + path + ": not a directory");
        }
        directory.unlink(victim);
      }
    }
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOTDIR, ENOTEMPTY, EROFS, EBUSY if something is mounted there, EINVAL
   *     for a path that ends in "."
   */
  public void rmdir(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = vfs.walk(context, path)) {
      PathWalk.Last last = walk.last();
      last.requireName(
          switch (last.name()) {
            case "." -> Errno.EINVAL;
            case ".." -> Errno.ENOTEMPTY;
            default -> Errno.EBUSY;
          });
      try (Mount.Writing _ = last.directory().beginChange();
          LockedDirectory directory = LockedDirectory.lock(last.directory())) {
        VfsPath victim = directory.require(last.name());
        requireRemovable(context, last.directory(), victim);
        victim.requireDirectory();
        directory.rmdir(victim);
      }
    }
  }

  /**
   * Creates a hard link in the same file system.
   *
   * @throws ErrnoException EEXIST, EXDEV, EPERM for a directory, EROFS, errors of the file system
   */
  public void link(FsContext context, String path, FsContext target, String newPath)
      throws ErrnoException {
    link(context, path, LastLink.KEEP, target, newPath);
  }

  /** Does the same, following a symbolic link. */
  public void linkFollowed(FsContext context, String path, FsContext target, String newPath)
      throws ErrnoException {
    link(context, path, LastLink.FOLLOW, target, newPath);
  }

  private void link(
      FsContext context, String path, LastLink lastLink, FsContext target, String newPath)
      throws ErrnoException {
    try (PathWalk oldWalk = vfs.walk(context, path);
        PathWalk newWalk = vfs.walk(target, newPath)) {
      VfsPath found = oldWalk.resolve(lastLink);
      PathWalk.Last last = newWalk.last().requireName(Errno.EEXIST);
      try (LockedDirectory directory = LockedDirectory.lock(last.directory())) {
        directory.requireFree(last.name());
        if (last.trailingSlash()) {
          throw new ErrnoException(Errno.ENOENT, newPath + ": only a directory ends in a slash");
        }
        try (Mount.Writing _ = last.directory().beginChange()) {
          requireSameMount(found, last.directory(), path, newPath);
          requireChangeable(context, last.directory());
          FlagChecks.requireUnflagged(found);
          link(directory, last.name(), found.inode(), path);
        }
      }
    }
  }

  private static void link(LockedDirectory directory, String name, VfsInode file, String path)
      throws ErrnoException {
    if (file.kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.EPERM, "link " + path + ": it is a directory");
    }
    file.lock().lock();
    try {
      if (file.isRemoved()) {
        throw new ErrnoException(Errno.ENOENT, "link " + path + ": it was removed");
      }
      directory.link(name, file);
    } finally {
      file.lock().unlock();
    }
  }

  /**
   * Moves a name, replacing the new one if it exists.
   *
   * @throws ErrnoException EXDEV, EROFS, EBUSY for a mount point, EINVAL for a directory moved into
   *     itself, ENOTEMPTY, ENOTDIR, EISDIR, errors of the file system
   */
  public void rename(FsContext context, String path, FsContext target, String newPath)
      throws ErrnoException {
    try (PathWalk oldWalk = vfs.walk(context, path);
        PathWalk newWalk = vfs.walk(target, newPath)) {
      PathWalk.Last from = oldWalk.last();
      PathWalk.Last to = newWalk.last();
      requireSameMount(from.directory(), to.directory(), path, newPath);
      from.requireName(Errno.EBUSY);
      to.requireName(Errno.EBUSY);
      try (Mount.Writing _ = from.directory().beginChange();
          RenameLocks directories = RenameLocks.lock(from.directory(), to.directory())) {
        rename(context, directories, from, to);
      }
    }
  }

  private void rename(
      FsContext context, RenameLocks directories, PathWalk.Last from, PathWalk.Last to)
      throws ErrnoException {
    VfsPath moved = directories.from().require(from.name());
    directories.to().requireAlive();
    Optional<VfsPath> replaced = directories.to().lookup(to.name());
    requireAcyclic(moved, replaced, from, to);
    if (replaced.isPresent() && replaced.get().inode() == moved.inode()) {
      return;
    }
    requireRemovable(context, from.directory(), moved);
    requireChangeable(context, to.directory());
    if (replaced.isPresent()) {
      requireRemovable(context, to.directory(), replaced.get());
      requireReplaceable(moved, replaced.get());
    }
    moved.requireNotMountPoint();
    directories.from().rename(moved, directories.to(), to.name(), replaced);
  }

  private static void requireAcyclic(
      VfsPath moved, Optional<VfsPath> replaced, PathWalk.Last from, PathWalk.Last to)
      throws ErrnoException {
    boolean directory = moved.inode().kind() == FileKind.DIRECTORY;
    if (!directory && (from.trailingSlash() || to.trailingSlash())) {
      throw new ErrnoException(
          Errno.ENOTDIR, "rename %s to %s: not a directory".formatted(from, to));
    }
    VfsInode target = to.directory().inode();
    if (moved.inode() == target || moved.inode().isAncestorOf(target)) {
      throw new ErrnoException(
          Errno.EINVAL, "rename %s: %s would lie in itself".formatted(from, to));
    }
    VfsInode source = from.directory().inode();
    if (replaced.isPresent()
        && (replaced.get().inode() == source || replaced.get().inode().isAncestorOf(source))) {
      throw new ErrnoException(Errno.ENOTEMPTY, "rename %s: it lies in %s".formatted(from, to));
    }
  }

  private static void requireReplaceable(VfsPath moved, VfsPath replaced) throws ErrnoException {
    boolean directory = moved.inode().kind() == FileKind.DIRECTORY;
    boolean ontoDirectory = replaced.inode().kind() == FileKind.DIRECTORY;
    if (directory && !ontoDirectory) {
      throw new ErrnoException(
          Errno.ENOTDIR, "rename %s to %s: not a directory".formatted(moved, replaced));
    }
    if (!directory && ontoDirectory) {
      throw new ErrnoException(
          Errno.EISDIR, "rename %s to %s: is a directory".formatted(moved, replaced));
    }
  }

  private void requireChangeable(FsContext context, VfsPath directory) throws ErrnoException {
    vfs.requireAccess(context, directory, Credentials.WRITE | Credentials.SEARCH);
  }

  /** Checks that a name may be removed, as {@code may_delete} does. */
  private void requireRemovable(FsContext context, VfsPath directory, VfsPath victim)
      throws ErrnoException {
    requireChangeable(context, directory);
    FlagChecks.requireRewritable(directory);
    FlagChecks.requireUnflagged(victim);
    if (!context.credentials().mayRemove(victim.inode(), directory.inode())) {
      throw ErrnoException.byRule(
          "OWN-08",
          Errno.EPERM,
          victim + ": neither it nor its directory, which has S_ISVTX, is the caller's");
    }
  }

  private static void requireSameMount(VfsPath one, VfsPath other, String from, String to)
      throws ErrnoException {
    if (one.mount() != other.mount()) {
      throw new ErrnoException(Errno.EXDEV, from + " and " + to + " are on different mounts");
    }
  }
}
