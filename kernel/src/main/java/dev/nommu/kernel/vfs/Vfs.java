package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is done to the tree by name: making, removing, looking, truncating. Thread-safe.
 * Every method throws what a path walk throws: ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES.
 */
public final class Vfs {
  private final Namespace namespace;
  private final Profile profile;

  /** Creates the operations on one tree. */
  public Vfs(Namespace namespace, Profile profile) {
    this.namespace = namespace;
    this.profile = profile;
  }

  /** Returns the mounts the tree consists of. */
  public Namespace namespace() {
    return namespace;
  }

  /** Returns what a path names; a symbolic link at its end is followed. */
  public VfsPath resolve(FsContext context, String path) throws ErrnoException {
    return walk(context, path).resolve(context.workingDirectory(), PathWalk.LastLink.FOLLOW);
  }

  /**
   * Returns the directory a path names.
   *
   * @throws ErrnoException ENOTDIR
   */
  public VfsPath directory(FsContext context, String path) throws ErrnoException {
    VfsPath found = resolve(context, path);
    found.requireDirectory();
    requireAccess(context, found, Credentials.SEARCH);
    return found;
  }

  private PathWalk walk(FsContext context, String path) {
    return new PathWalk(namespace, context.credentials(), path);
  }

  /** Returns what {@code stat} says of a path. */
  public FileStatus status(FsContext context, String path) throws ErrnoException {
    return FileStatus.of(resolve(context, path));
  }

  /** Returns what {@code lstat} says of a path: of a symbolic link itself. */
  public FileStatus linkStatus(FsContext context, String path) throws ErrnoException {
    return FileStatus.of(
        walk(context, path).resolve(context.workingDirectory(), PathWalk.LastLink.KEEP));
  }

  /** Returns what {@code fstat} says of an open file. */
  public FileStatus status(OpenFileDescription file) throws ErrnoException {
    return FileStatus.of(file.vfsPath());
  }

  /**
   * Returns where a symbolic link points.
   *
   * @throws ErrnoException EINVAL if it is none
   */
  public String readLink(FsContext context, String path) throws ErrnoException {
    VfsPath found = walk(context, path).resolve(context.workingDirectory(), PathWalk.LastLink.KEEP);
    if (!(found.inode().inode() instanceof SymbolicLink link)) {
      throw new ErrnoException(Errno.EINVAL, "readlink " + path + ": not a symbolic link");
    }
    return locked(found, link, "target", link::target);
  }

  /** Returns the entries of a directory in its own order. */
  public List<DirectoryEntry> list(FsContext context, String path) throws ErrnoException {
    VfsPath found = resolve(context, path);
    Directory directory = found.requireDirectory();
    requireAccess(context, found, Credentials.READ);
    return locked(found, directory, "entries", () -> List.copyOf(directory.entries()));
  }

  /**
   * Makes an inode of any kind under a name that is not there yet.
   *
   * @throws ErrnoException EEXIST, EROFS, what the file system says
   */
  public VfsPath create(FsContext context, String path, NewInode what) throws ErrnoException {
    PathWalk.Last last = walk(context, path).resolveLast(context.workingDirectory());
    if (last.trailingSlash() && !(what instanceof NewInode.Directory)) {
      throw new ErrnoException(Errno.ENOENT, path + ": only a directory ends in a slash");
    }
    return createIn(context, last.directory(), last.name(), what);
  }

  VfsPath createIn(FsContext context, VfsPath at, String name, NewInode what)
      throws ErrnoException {
    Directory directory = at.requireDirectory();
    if (PathWalk.lookup(namespace, at, directory, name).isPresent()) {
      throw new ErrnoException(Errno.EEXIST, at + "/" + name + ": it is there already");
    }
    requireChangeable(context, at);
    requireMayMake(context, at, name, what);
    NewInode owned = context.credentials().making(what, at.inode().attributes());
    Inode made = locked(at, directory, "create", () -> directory.create(name, owned));
    VfsInode inode = at.mount().superBlock().inode(made);
    return new VfsPath(at.mount(), inode, Optional.of(at), name);
  }

  private static void requireMayMake(FsContext context, VfsPath at, String name, NewInode what)
      throws ErrnoException {
    if (what instanceof NewInode.DeviceFile && context.credentials().uid() != 0) {
      throw new ErrnoException(
          Errno.EPERM, "mknod " + at + "/" + name + ": only the superuser makes device nodes");
    }
  }

  /**
   * Removes a name that is not a directory.
   *
   * @throws ErrnoException EISDIR, EROFS, EBUSY, what the file system says
   */
  public void unlink(FsContext context, String path) throws ErrnoException {
    Named named = requireNamed(context, path);
    if (named.found().inode().inode() instanceof Directory) {
      throw new ErrnoException(Errno.EISDIR, "unlink " + path + ": it is a directory");
    }
    requireChangeable(context, named.last().directory());
    tell(named, "unlink", directory -> directory.unlink(named.last().name()));
    named.found().inode().unlinked(named.last().directory().inode(), named.last().name());
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOTDIR, ENOTEMPTY, EROFS, EBUSY if something is mounted there
   */
  public void rmdir(FsContext context, String path) throws ErrnoException {
    Named named = requireNamed(context, path);
    named.found().requireDirectory();
    if (named.found().parent().isEmpty()) {
      throw new ErrnoException(Errno.EBUSY, "rmdir " + path + ": something is mounted there");
    }
    requireChangeable(context, named.last().directory());
    tell(named, "rmdir", directory -> directory.rmdir(named.last().name()));
    named.found().inode().unlinked(named.last().directory().inode(), named.last().name());
  }

  /**
   * Gives a file another name in the same file system.
   *
   * @throws ErrnoException EEXIST, EXDEV, EPERM for a directory, EROFS, what the file system says
   */
  public void link(FsContext context, String path, String newPath) throws ErrnoException {
    VfsPath found = walk(context, path).resolve(context.workingDirectory(), PathWalk.LastLink.KEEP);
    if (found.inode().inode() instanceof Directory) {
      throw new ErrnoException(Errno.EPERM, "link " + path + ": it is a directory");
    }
    PathWalk.Last last = requireFree(context, newPath);
    requireSameMount(found, last.directory(), path, newPath);
    requireChangeable(context, last.directory());
    Directory directory = last.directory().requireDirectory();
    lockedTell(
        last.directory(),
        directory,
        "link",
        () -> directory.link(last.name(), found.inode().inode()));
    found.inode().linked(last.directory().inode(), last.name());
  }

  /**
   * Moves a name, replacing what has the new one.
   *
   * @throws ErrnoException EXDEV, EROFS, EINVAL, what the file system says
   */
  public void rename(FsContext context, String path, String newPath) throws ErrnoException {
    Named from = requireNamed(context, path);
    PathWalk.Last to = walk(context, newPath).resolveLast(context.workingDirectory());
    requireSameMount(from.last().directory(), to.directory(), path, newPath);
    for (Optional<VfsPath> at = Optional.of(to.directory());
        at.isPresent();
        at = at.get().parent()) {
      if (at.get().inode() == from.found().inode()) {
        throw new ErrnoException(Errno.EINVAL, "rename " + path + ": " + newPath + " lies in it");
      }
    }
    requireChangeable(context, from.last().directory());
    requireChangeable(context, to.directory());
    Directory target = to.directory().requireDirectory();
    Optional<VfsPath> replaced = PathWalk.lookup(namespace, to.directory(), target, to.name());
    try {
      tell(from, "rename", directory -> directory.rename(from.last().name(), target, to.name()));
    } finally {
      to.directory().inode().namesChanged();
    }
    replaced.ifPresent(old -> old.inode().unlinked(to.directory().inode(), to.name()));
    from.found().inode().unlinked(from.last().directory().inode(), from.last().name());
    from.found().inode().linked(to.directory().inode(), to.name());
  }

  /**
   * Changes permission bits.
   *
   * @throws ErrnoException EROFS, EPERM, what the file system says
   */
  public void chmod(FsContext context, String path, int permissions) throws ErrnoException {
    VfsPath found = resolve(context, path);
    requireWritableMount(found);
    int uid = context.credentials().uid();
    if (uid != 0 && uid != found.inode().attributes().owner().uid()) {
      throw new ErrnoException(Errno.EPERM, "chmod " + path + ": not the owner");
    }
    Inode inode = found.inode().inode();
    lockedTell(found, inode, "chmod", () -> inode.chmod(permissions));
  }

  /**
   * Sets the size of a regular file by name.
   *
   * @throws ErrnoException EISDIR, EINVAL, EROFS, EACCES, ETXTBSY (rule TRUNC-06), what the file
   *     system says
   */
  public void truncate(FsContext context, String path, long size) throws ErrnoException {
    VfsPath found = resolve(context, path);
    if (found.inode().inode() instanceof Directory) {
      throw new ErrnoException(Errno.EISDIR, "truncate " + path + ": it is a directory");
    }
    requireWritableMount(found);
    requireAccess(context, found, Credentials.WRITE);
    truncate(found, size);
  }

  /**
   * Sets the size of an open file.
   *
   * @throws ErrnoException EINVAL if it is not a regular file open for writing, and as above
   */
  public void truncate(OpenFileDescription file, long size) throws ErrnoException {
    if (!file.mode().writes()) {
      throw new ErrnoException(
          Errno.EINVAL, "ftruncate of " + file.vfsPath() + ": it is not open for writing");
    }
    truncate(file.vfsPath(), size);
  }

  /**
   * Checks a request to allocate room in a file, as {@code vfs_fallocate}, and declines it.
   *
   * @throws ErrnoException always: EINVAL, EOPNOTSUPP, EBADF, ESPIPE, EISDIR or ENODEV
   */
  public void allocate(OpenFileDescription file, int mode, long offset, long length)
      throws ErrnoException {
    String what = "fallocate of " + file.vfsPath();
    if (offset < 0 || length <= 0) {
      throw new ErrnoException(Errno.EINVAL, "%s: %d bytes at %d".formatted(what, length, offset));
    }
    if (mode >>> Byte.SIZE != 0) {
      throw new ErrnoException(Errno.EOPNOTSUPP, what + ": unknown mode " + mode);
    }
    if (!file.mode().writes()) {
      throw new ErrnoException(Errno.EBADF, what + ": it is not open for writing");
    }
    throw new ErrnoException(
        switch (file.vfsPath().inode().kind()) {
          case FIFO -> Errno.ESPIPE;
          case DIRECTORY -> Errno.EISDIR;
          case REGULAR -> Errno.EOPNOTSUPP;
          case BLOCK_DEVICE, CHARACTER_DEVICE, SYMBOLIC_LINK, SOCKET -> Errno.ENODEV;
        },
        what + ": no file system here can do this");
  }

  void truncate(VfsPath path, long size) throws ErrnoException {
    if (size < 0 || !(path.inode().inode() instanceof RegularFile file)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "truncate of %s to %d: expected a regular file and a size of 0 or more"
              .formatted(path, size));
    }
    FileRegions regions = path.inode().regions();
    path.inode().lock().lock();
    try {
      long oldSize = path.inode().attributes().size();
      if (size == oldSize) {
        return;
      }
      if (size < oldSize) {
        requireNotMapped(path, regions.blockingTruncate(oldSize, size, profile), size);
      }
      PluginCall.tell(file, "truncate", () -> file.truncate(size));
      if (size < oldSize) {
        regions.cutTo(size);
      }
    } finally {
      path.inode().lock().unlock();
    }
  }

  private static void requireNotMapped(VfsPath path, Optional<Vma> blocking, long size)
      throws ErrnoException {
    if (blocking.isPresent()) {
      throw new ErrnoException(
          Errno.ETXTBSY,
          "truncate of %s to %d: mapped at %s [TRUNC-06]".formatted(path, size, blocking.get()));
    }
  }

  /**
   * Returns whether the caller may do this to an inode, or throws.
   *
   * @throws ErrnoException EACCES
   */
  void requireAccess(FsContext context, VfsPath path, int wanted) throws ErrnoException {
    if (!context.credentials().mayAccess(path.inode(), wanted)) {
      throw new ErrnoException(Errno.EACCES, path + ": the mode bits do not permit this");
    }
  }

  void requireWritableMount(VfsPath path) throws ErrnoException {
    if (path.mount().has(MountFlag.READ_ONLY)) {
      throw new ErrnoException(Errno.EROFS, path + ": it is mounted read-only");
    }
  }

  private void requireChangeable(FsContext context, VfsPath directory) throws ErrnoException {
    requireWritableMount(directory);
    requireAccess(context, directory, Credentials.WRITE | Credentials.SEARCH);
  }

  private record Named(PathWalk.Last last, VfsPath found) {}

  private Named requireNamed(FsContext context, String path) throws ErrnoException {
    PathWalk.Last last = walk(context, path).resolveLast(context.workingDirectory());
    VfsPath found =
        PathWalk.lookup(
                namespace, last.directory(), last.directory().requireDirectory(), last.name())
            .orElseThrow(() -> new ErrnoException(Errno.ENOENT, path + ": there is no such name"));
    return new Named(last, found);
  }

  private PathWalk.Last requireFree(FsContext context, String path) throws ErrnoException {
    PathWalk.Last last = walk(context, path).resolveLast(context.workingDirectory());
    Directory directory = last.directory().requireDirectory();
    if (PathWalk.lookup(namespace, last.directory(), directory, last.name()).isPresent()) {
      throw new ErrnoException(Errno.EEXIST, path + ": it is there already");
    }
    return last;
  }

  private static void requireSameMount(VfsPath one, VfsPath other, String from, String to)
      throws ErrnoException {
    if (!one.mount().equals(other.mount())) {
      throw new ErrnoException(Errno.EXDEV, from + " and " + to + " are on different mounts");
    }
  }

  private interface OnDirectory {
    void tell(Directory directory) throws ErrnoException;
  }

  /** Changes a name that is there; what was known of the directory's names holds no longer. */
  private static void tell(Named named, String operation, OnDirectory action)
      throws ErrnoException {
    VfsPath at = named.last().directory();
    Directory directory = at.requireDirectory();
    try {
      lockedTell(at, directory, operation, () -> action.tell(directory));
    } finally {
      at.inode().namesChanged();
    }
  }

  private static void lockedTell(
      VfsPath at, Object plugin, String operation, PluginCall.Telling telling)
      throws ErrnoException {
    locked(
        at,
        plugin,
        operation,
        () -> {
          telling.tell();
          return true;
        });
  }

  private static <T> T locked(
      VfsPath at, Object plugin, String operation, PluginCall.Asking<T> asking)
      throws ErrnoException {
    at.inode().lock().lock();
    try {
      return PluginCall.ask(plugin, operation, asking);
    } finally {
      at.inode().lock().unlock();
    }
  }
}
