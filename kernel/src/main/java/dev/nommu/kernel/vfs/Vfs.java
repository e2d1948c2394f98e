package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Profile;
import dev.nommu.api.SymbolicLink;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.fs.DirectoryWatch;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.vfs.PathWalk.LastLink;
import java.lang.ScopedValue.CallableOp;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Operations on files by name: lookup, truncation. Thread-safe. Every method throws the errors of a
 * path walk: ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES.
 */
public final class Vfs {
  /** The kinds of files that can only be written on a writable mount. */
  private static final Set<FileKind> KEPT_BY_MOUNT =
      Set.of(FileKind.REGULAR, FileKind.DIRECTORY, FileKind.SYMBOLIC_LINK);

  private final Namespace namespace;
  private final Profile profile;
  private final Sanitizer sanitizer;
  private final NameOperations names;
  private final AttributeOperations attributes;

  /**
   * Creates the operations on one tree.
   *
   * @param clock the machine's clock
   * @param sanitizer notified of files truncated under a mapping
   */
  public Vfs(Namespace namespace, Profile profile, InstantSource clock, Sanitizer sanitizer) {
    this.namespace = namespace;
    this.profile = profile;
    this.sanitizer = sanitizer;
    this.names = new NameOperations(this);
    this.attributes = new AttributeOperations(this, clock);
  }

  /** Returns the mounts of the tree. */
  public Namespace namespace() {
    return namespace;
  }

  /** Returns the operations that create, move and remove names. */
  public NameOperations names() {
    return names;
  }

  /** Returns the operations that change owner, mode and times. */
  public AttributeOperations attributes() {
    return attributes;
  }

  /** Performs FS_IOC_GETFLAGS or FS_IOC_SETFLAGS on an open file, held meanwhile. */
  private static long controlFlags(
      FsContext context, OpenFileDescription file, int command, long argument, UserMemory memory)
      throws ErrnoException {
    file.hold();
    try {
      return new FlagControl(context.credentials(), file.vfsPath())
          .carryOut(command, argument, memory);
    } finally {
      file.release();
    }
  }

  /**
   * Performs an ioctl: one that the kernel implements for every file, or one of the file.
   *
   * @param memory the caller's
   * @throws ErrnoException ENOTTY if it is unknown, EFAULT, errors of the file
   */
  public long ioctl(
      FsContext context, OpenFileDescription file, int command, long argument, UserMemory memory)
      throws ErrnoException {
    if (command == BlockSize.FIGETBSZ) {
      return BlockSize.answer(file, argument, memory);
    }
    boolean ofInode = FlagControl.knows(command) && file.vfsPath().inode().keepsFlags();
    return ofInode
        ? controlFlags(context, file, command, argument, memory)
        : file.ioctl(command, argument, memory);
  }

  /** Returns a walk along a path; what it finds lasts until it is closed. */
  PathWalk walk(FsContext context, String path) throws ErrnoException {
    return new PathWalk(namespace, context, path);
  }

  /** Returns {@code stat} of a path. */
  public FileStatus status(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      return status(walk.resolve(LastLink.FOLLOW));
    }
  }

  /** Returns {@code lstat} of a path: of a symbolic link itself. */
  public FileStatus linkStatus(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      return status(walk.resolve(LastLink.KEEP));
    }
  }

  /** Returns {@code fstat} of an open file. */
  public FileStatus status(OpenFileDescription file) throws ErrnoException {
    return status(file.vfsPath());
  }

  /** Returns {@code statfs} of the file system that a path is on. */
  public FileSystem.Statistics statistics(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      FileSystem of = walk.resolve(LastLink.FOLLOW).mount().superBlock().fileSystem();
      return PluginCall.ask(of, "statistics", of::statistics);
    }
  }

  /**
   * Changes the working directory.
   *
   * @param context where the path begins
   * @throws ErrnoException ENOTDIR
   */
  public void changeDirectory(FsStruct fs, FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      VfsPath found = walk.resolve(LastLink.FOLLOW);
      found.requireDirectory();
      requireAccess(context, found, Credentials.SEARCH);
      fs.workingDirectory(found);
    }
  }

  /**
   * Returns the path of a working directory from the root of the tree.
   *
   * @throws ErrnoException ENOENT if it was removed
   */
  public String pathOf(FsContext context) throws ErrnoException {
    VfsPath directory = context.workingDirectory();
    if (directory.inode().isRemoved()) {
      throw new ErrnoException(Errno.ENOENT, "getcwd: the working directory was removed");
    }
    return directory.toString();
  }

  /**
   * Returns the target of a symbolic link.
   *
   * @throws ErrnoException EINVAL if it is not a symbolic link
   */
  public String readLink(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      VfsPath found = walk.resolve(LastLink.KEEP);
      if (!(found.inode().inode() instanceof SymbolicLink link)) {
        throw new ErrnoException(Errno.EINVAL, "readlink " + path + ": not a symbolic link");
      }
      return locked(found, () -> InodeAnswers.target(link));
    }
  }

  /** Returns the entries of a directory in its own order. */
  public List<DirectoryEntry> list(FsContext context, String path) throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      VfsPath found = walk.resolve(LastLink.FOLLOW);
      Directory directory = found.requireDirectory();
      requireAccess(context, found, Credentials.READ);
      return locked(found, () -> InodeAnswers.entries(directory));
    }
  }

  /**
   * Sets the size of a regular file by name.
   *
   * @throws ErrnoException EISDIR, EINVAL, EROFS, EACCES, ETXTBSY (rule TRUNC-06), errors of the
   *     file system
   */
  public void truncate(FsContext context, String path, long size) throws ErrnoException {
    if (size < 0) {
      throw ErrnoException.byRule("FILE-10", Errno.EINVAL, "truncate " + path + " to " + size);
    }
    try (PathWalk walk = walk(context, path)) {
      VfsPath found = walk.resolve(LastLink.FOLLOW);
      if (found.inode().kind() == FileKind.DIRECTORY) {
        throw new ErrnoException(Errno.EISDIR, "truncate " + path + ": it is a directory");
      }
      try (Mount.Writing _ = found.beginChange()) {
        requireAccess(context, found, Credentials.WRITE);
        FlagChecks.requireRewritable(found);
        truncate(found, size);
      }
    }
  }

  /**
   * Sets the size of an open file.
   *
   * @throws ErrnoException EINVAL if it is not a regular file open for writing, and as above
   */
  public void truncate(OpenFileDescription file, long size) throws ErrnoException {
    if (!file.flags().writes()) {
      throw new ErrnoException(
          Errno.EINVAL, "ftruncate of " + file.vfsPath() + ": it is not open for writing");
    }
    FlagChecks.requireRewritable(file.vfsPath());
    truncate(file.vfsPath(), size);
  }

  void truncate(VfsPath path, long size) throws ErrnoException {
    new Truncation(path, profile, sanitizer).to(size);
    path.report(Kind.MODIFY);
  }

  /**
   * Watches a directory (section INOTIFY).
   *
   * @param listener called on the thread of each change, with inode locks held
   * @throws ErrnoException ENOTDIR, EACCES if it may not be read, ENOENT if it was removed
   */
  public DirectoryWatch watch(FsContext context, String path, Consumer<DirectoryEvent> listener)
      throws ErrnoException {
    try (PathWalk walk = walk(context, path)) {
      VfsPath found = walk.resolve(LastLink.FOLLOW);
      found.requireDirectory();
      requireAccess(context, found, Credentials.READ);
      return locked(found, () -> watch(found, listener));
    }
  }

  private static DirectoryWatch watch(VfsPath directory, Consumer<DirectoryEvent> listener)
      throws ErrnoException {
    if (directory.inode().isRemoved()) {
      throw ErrnoException.byRule(
          "INOTIFY-01", Errno.ENOENT, "watch of " + directory + ": it was removed");
    }
    return directory.mount().superBlock().watches().add(directory.inode(), listener);
  }

  /**
   * Checks that the mode bits permit this access of the caller to an inode.
   *
   * @throws ErrnoException EACCES; EPERM if an immutable one would be written
   */
  void requireAccess(FsContext context, VfsPath path, int wanted) throws ErrnoException {
    if ((wanted & Credentials.WRITE) != 0) {
      FlagChecks.requireMutable(path);
    }
    if (!context.credentials().mayAccess(path.inode(), wanted)) {
      throw new ErrnoException(Errno.EACCES, path + ": the mode bits do not permit this");
    }
  }

  /**
   * Checks a caller's access to the file at a path, as {@code faccessat}.
   *
   * @param wanted {@link Credentials#READ}, {@link Credentials#WRITE}, {@link Credentials#SEARCH}
   * @throws ErrnoException EACCES, EROFS; EINVAL for anything else
   */
  public void requireAccess(FsContext context, String path, int wanted) throws ErrnoException {
    requireAccess(context, path, LastLink.FOLLOW, wanted);
  }

  /** Checks the same of a symbolic link itself. */
  public void requireLinkAccess(FsContext context, String path, int wanted) throws ErrnoException {
    requireAccess(context, path, LastLink.KEEP, wanted);
  }

  private void requireAccess(FsContext context, String path, LastLink lastLink, int wanted)
      throws ErrnoException {
    if ((wanted & ~(Credentials.READ | Credentials.WRITE | Credentials.SEARCH)) != 0) {
      throw new ErrnoException(Errno.EINVAL, "access " + path + ": mode 0%o".formatted(wanted));
    }
    try (PathWalk walk = walk(context, path)) {
      requireAccessOf(context, walk.resolve(lastLink), wanted);
    }
  }

  private void requireAccessOf(FsContext context, VfsPath found, int wanted) throws ErrnoException {
    if ((wanted & Credentials.SEARCH) != 0 && found.inode().kind() == FileKind.REGULAR) {
      requireExecutable(context, found);
    }
    if ((wanted & Credentials.WRITE) != 0 && KEPT_BY_MOUNT.contains(found.inode().kind())) {
      requireWritableMount(found);
    }
    requireAccess(context, found, wanted);
  }

  /**
   * Checks that a mount permits executing a regular file, and a mode bit permits it to the caller.
   *
   * @throws ErrnoException EACCES
   */
  static void requireExecutable(FsContext context, VfsPath file) throws ErrnoException {
    if (file.forbidsExecution()) {
      throw new ErrnoException(
          Errno.EACCES, file + ": it cannot be executed: it is on a mount with noexec");
    }
    Attributes attributes = file.inode().attributes();
    if (!context.credentials().mayExecute(attributes)) {
      throw new ErrnoException(
          Errno.EACCES,
          "%s: it cannot be executed: the mode bits %04o do not permit it"
              .formatted(file, attributes.permissions()));
    }
  }

  void requireWritableMount(VfsPath path) throws ErrnoException {
    if (path.mount().has(MountFlag.READ_ONLY)) {
      throw new ErrnoException(Errno.EROFS, path + ": it is mounted read-only");
    }
  }

  private static <T> T locked(VfsPath at, CallableOp<T, ErrnoException> act) throws ErrnoException {
    at.inode().lock().lock();
    try {
      return act.call();
    } finally {
      at.inode().lock().unlock();
    }
  }

  private static FileStatus status(VfsPath path) throws ErrnoException {
    VfsInode inode = path.inode();
    Optional<DeviceNumber> special =
        inode.inode() instanceof DeviceFile ? Optional.of(inode.device()) : Optional.empty();
    return new FileStatus(
        path.mount().superBlock().device(),
        inode.number(),
        inode.kind(),
        special,
        inode.attributes());
  }
}
