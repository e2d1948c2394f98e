package dev.nommu.kernel.task;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryWatch;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.FsContext.EmptyPath;
import dev.nommu.kernel.vfs.UmountFlag;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The calls of a task that name a path. Relative paths begin at its working directory, or at an
 * open directory. Each throws ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG and EACCES as a path walk does.
 * Thread-safe.
 */
public final class TreeCalls {
  private static final int UMASK_BITS = 0777;

  private final TaskLife life;
  private final SyscallEntry entry;
  private final Subsystems kernel;
  private final OptionalInt directory;
  private final EmptyPath emptyPath;

  TreeCalls(TaskLife life, Subsystems kernel) {
    this(life, kernel, OptionalInt.empty(), EmptyPath.NOTHING);
  }

  private TreeCalls(TaskLife life, Subsystems kernel, OptionalInt directory, EmptyPath emptyPath) {
    this.life = life;
    this.entry = life.entry();
    this.kernel = kernel;
    this.directory = directory;
    this.emptyPath = emptyPath;
  }

  /**
   * Returns the same calls with relative paths that begin at an open directory, as those of {@code
   * openat} and its kind (rule FILE-15). Such a path fails with EBADF or ENOTDIR if the descriptor
   * is not an open directory.
   */
  public TreeCalls at(int descriptor) {
    return new TreeCalls(life, kernel, OptionalInt.of(descriptor), emptyPath);
  }

  /**
   * Returns the same calls, where the empty path means the file at which relative paths begin,
   * which then need not be a directory (AT_EMPTY_PATH). Not for calls that create, remove or open a
   * name.
   */
  public TreeCalls withEmptyPath() {
    return new TreeCalls(life, kernel, directory, EmptyPath.START);
  }

  /**
   * Returns whether both are calls of one machine: then files of the same device and inode number
   * are the same file.
   */
  public boolean isOfSameMachineAs(TreeCalls other) {
    return kernel.vfs() == other.kernel.vfs();
  }

  /** Absolute paths ignore the descriptor, as {@code path_init} of fs/namei.c. */
  private FsContext context(String path) throws ErrnoException {
    FsContext own = life.context().with(emptyPath);
    boolean isNothing = path.isEmpty() && emptyPath == EmptyPath.NOTHING;
    if (directory.isEmpty() || path.startsWith("/") || isNothing) {
      return own;
    }
    return own.from(life.belongings().files().require(directory.getAsInt()).vfsPath());
  }

  /** Opens a file as {@link Task#open(String, int, int)}. */
  public int open(String path, int flags, int permissions) throws ErrnoException {
    FileTable.OnExec onExec = FileTable.OnExec.closedIf(flags, OpenFlags.O_CLOEXEC);
    return entry.call(() -> {
      OpenFlags wanted = OpenFlags.ofBits(large(flags));
      return life.belongings()
          .files()
          .add(kernel.opener().open(context(path), path, wanted, permissions), onExec);
    });
  }

  /** A 64-bit kernel sets O_LARGEFILE itself, but not for O_PATH. */
  private static int large(int flags) {
    return (flags & OpenFlags.O_PATH) == 0 ? flags | OpenFlags.O_LARGEFILE : flags;
  }

  /**
   * Sets the permissions withheld from files, directories and nodes that this process creates (rule
   * OWN-13).
   *
   * @param mask its low nine mode bits count
   * @return the former mask
   */
  public int umask(int mask) throws ErrnoException {
    entry.handleSignals();
    return life.belongings().fs().umask(mask & UMASK_BITS);
  }

  /**
   * Creates a directory.
   *
   * @throws ErrnoException EEXIST, EROFS, EPERM, ENOSPC
   */
  public void mkdir(String path, int permissions) throws ErrnoException {
    create(path, NewInode.directory(permissions & 07777));
  }

  /**
   * Creates a symbolic link at {@code path}.
   *
   * @throws ErrnoException EEXIST, EROFS, EPERM, ENOSPC; ENOENT for an empty target
   */
  public void symlink(String target, String path) throws ErrnoException {
    if (target.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT, "symlink " + path + ": the target is empty");
    }
    create(path, NewInode.symbolicLink(target));
  }

  /**
   * Creates an inode of any kind, as {@code mknod}.
   *
   * @throws ErrnoException EEXIST, EROFS, EPERM, ENOSPC
   */
  public void create(String path, NewInode what) throws ErrnoException {
    entry.run(() -> kernel.vfs().names().create(context(path), path, what));
  }

  /**
   * Removes a name that is not a directory.
   *
   * @throws ErrnoException EISDIR, EROFS, EPERM
   */
  public void unlink(String path) throws ErrnoException {
    entry.run(() -> kernel.vfs().names().unlink(context(path), path));
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOTEMPTY, EBUSY, EROFS, EPERM
   */
  public void rmdir(String path) throws ErrnoException {
    entry.run(() -> kernel.vfs().names().rmdir(context(path), path));
  }

  /**
   * Creates a hard link.
   *
   * @throws ErrnoException EEXIST, EXDEV, EPERM, EROFS
   */
  public void link(String path, String newPath) throws ErrnoException {
    link(path, this, newPath);
  }

  /** Creates a hard link whose path begins where those of other calls of this task do. */
  public void link(String path, TreeCalls target, String newPath) throws ErrnoException {
    entry.run(
        () -> kernel.vfs().names().link(context(path), path, target.context(newPath), newPath));
  }

  /** As above, but follows a symbolic link (AT_SYMLINK_FOLLOW). */
  public void linkFollowed(String path, TreeCalls target, String newPath) throws ErrnoException {
    entry.run(() ->
        kernel.vfs().names().linkFollowed(context(path), path, target.context(newPath), newPath));
  }

  /**
   * Moves a name.
   *
   * @throws ErrnoException EXDEV, EINVAL, ENOTEMPTY, EROFS
   */
  public void rename(String path, String newPath) throws ErrnoException {
    rename(path, this, newPath);
  }

  /** Moves a name to a path that begins where those of other calls of this task do. */
  public void rename(String path, TreeCalls target, String newPath) throws ErrnoException {
    entry.run(
        () -> kernel.vfs().names().rename(context(path), path, target.context(newPath), newPath));
  }

  /**
   * Changes permission bits.
   *
   * @throws ErrnoException EPERM, EROFS
   */
  public void chmod(String path, int permissions) throws ErrnoException {
    entry.run(() -> kernel.vfs().attributes().chmod(context(path), path, permissions & 07777));
  }

  /**
   * As {@link #chmod}, but does not follow a symbolic link.
   *
   * @throws ErrnoException EOPNOTSUPP for a symbolic link, and as above
   */
  public void lchmod(String path, int permissions) throws ErrnoException {
    entry.run(() -> kernel.vfs().attributes().lchmod(context(path), path, permissions & 07777));
  }

  /**
   * Changes the owner and group of a file; clears set-user-ID and set-group-ID bits (rule OWN-05).
   *
   * @param uid the user, or -1 for no change
   * @param gid the group, or -1 for no change
   * @throws ErrnoException EPERM, EROFS
   */
  public void chown(String path, int uid, int gid) throws ErrnoException {
    entry.run(() -> kernel.vfs().attributes().chown(context(path), path, uid, gid));
  }

  /** As {@link #chown}, but of a symbolic link itself. */
  public void lchown(String path, int uid, int gid) throws ErrnoException {
    entry.run(() -> kernel.vfs().attributes().lchown(context(path), path, uid, gid));
  }

  /**
   * Sets the times of a file (rule OWN-06).
   *
   * @param accessed the access time
   * @param modified the modification time
   * @throws ErrnoException EPERM, EACCES, EROFS
   */
  public void utimensat(String path, NewTime accessed, NewTime modified) throws ErrnoException {
    NewTime.Both times = new NewTime.Both(accessed, modified);
    entry.run(() -> kernel.vfs().attributes().setTimes(context(path), path, times));
  }

  /** As {@link #utimensat}, but of a symbolic link itself (AT_SYMLINK_NOFOLLOW). */
  public void lutimes(String path, NewTime accessed, NewTime modified) throws ErrnoException {
    NewTime.Both times = new NewTime.Both(accessed, modified);
    entry.run(() -> kernel.vfs().attributes().setLinkTimes(context(path), path, times));
  }

  /**
   * Sets the size of a regular file.
   *
   * @throws ErrnoException EINVAL, EISDIR, ETXTBSY (rule TRUNC-06), EFBIG, ENOMEM, EROFS
   */
  public void truncate(String path, long size) throws ErrnoException {
    entry.run(() -> kernel.vfs().truncate(context(path), path, size));
  }

  /** Returns the status of a file; symbolic links are followed. */
  public FileStatus stat(String path) throws ErrnoException {
    return entry.call(() -> kernel.vfs().status(context(path), path));
  }

  /** Returns the status of a file, which may be a symbolic link itself. */
  public FileStatus lstat(String path) throws ErrnoException {
    return entry.call(() -> kernel.vfs().linkStatus(context(path), path));
  }

  /**
   * Checks whether a file could be read, written or executed (rule OWN-12).
   *
   * @param mode R_OK (4), W_OK (2) and X_OK (1), or 0 to check whether it exists
   * @throws ErrnoException EACCES; EROFS; EINVAL for another mode
   */
  public void access(String path, int mode) throws ErrnoException {
    entry.run(() -> kernel.vfs().requireAccess(context(path), path, mode));
  }

  /** As {@link #access}, but of a symbolic link itself. */
  public void laccess(String path, int mode) throws ErrnoException {
    entry.run(() -> kernel.vfs().requireLinkAccess(context(path), path, mode));
  }

  /** Returns the target of a symbolic link; EINVAL if it is not one. */
  public String readlink(String path) throws ErrnoException {
    return entry.call(() -> kernel.vfs().readLink(context(path), path));
  }

  /** Returns the entries of a directory, without "." and "..". */
  public List<DirectoryEntry> list(String path) throws ErrnoException {
    return entry.call(() -> kernel.vfs().list(context(path), path));
  }

  /**
   * Watches a directory from now on, until the watch is closed or the directory is gone (section
   * INOTIFY); the end of the task does not end it.
   *
   * @param listener called on each thread that changes something, with kernel locks held: it must
   *     not wait, throw or make calls
   * @throws ErrnoException ENOTDIR, EACCES if the directory may not be read
   */
  public DirectoryWatch watch(String path, Consumer<DirectoryEvent> listener)
      throws ErrnoException {
    return entry.call(() -> kernel.vfs().watch(context(path), path, listener));
  }

  /** Returns {@code statfs} of the file system that a path is on. */
  public FileSystem.Statistics statfs(String path) throws ErrnoException {
    return entry.call(() -> kernel.vfs().statistics(context(path), path));
  }

  /** Returns what is mounted, in the order in which it was mounted, the root first. */
  public List<MountPoint> mounts() {
    return List.copyOf(kernel.vfs().namespace().mounts());
  }

  /**
   * Returns the working directory, as {@code getcwd}.
   *
   * @throws ErrnoException ENOENT if the directory was removed
   */
  public String getcwd() throws ErrnoException {
    return entry.call(() -> kernel.vfs().pathOf(life.context()));
  }

  /** Changes the working directory. */
  public void chdir(String path) throws ErrnoException {
    entry.run(() -> kernel.vfs().changeDirectory(life.belongings().fs(), context(path), path));
  }

  /**
   * Mounts a file system.
   *
   * @param flags MS bits; MS_REMOUNT changes the existing mount as {@link #remount} does, and the
   *     source and type are ignored
   * @param options comma-separated, for the type
   * @throws ErrnoException ENODEV for an unknown type, ENOTBLK, EPERM, errors of the type
   */
  public void mount(String source, String target, String type, long flags, String options)
      throws ErrnoException {
    Set<MountFlag> known = MountFlag.ofBits(flags);
    if (MountFlag.isRemount(flags)) {
      remount(target, known, options);
    } else {
      mount(source, target, type, known, options);
    }
  }

  /**
   * Changes how a file system is mounted, as MS_REMOUNT.
   *
   * @param options comma-separated; those of the type change nothing
   * @throws ErrnoException EINVAL if nothing is mounted on the target or the type does not know an
   *     option, EBUSY if it would become read-only with a file open for writing, EPERM
   */
  public void remount(String target, Set<MountFlag> flags, String options) throws ErrnoException {
    requireRoot("mount");
    entry.run(() -> kernel.mounter().remount(context(target), target, flags, options));
  }

  /** Mounts a file system as {@link #mount(String, String, String, long, String)}. */
  public void mount(String source, String target, String type, Set<MountFlag> flags, String options)
      throws ErrnoException {
    requireRoot("mount");
    entry.run(() -> kernel.mounter().mount(context(target), source, target, type, flags, options));
  }

  /**
   * Unmounts the file system on a directory.
   *
   * @throws ErrnoException EINVAL, EBUSY, EPERM, EIO
   */
  public void umount(String target) throws ErrnoException {
    umount(target, 0);
  }

  /**
   * Unmounts the file system on a directory, as {@code umount2} (rule OPT-06).
   *
   * @param flags MNT_FORCE (1), MNT_DETACH (2), MNT_EXPIRE (4), UMOUNT_NOFOLLOW (8)
   * @throws ErrnoException EINVAL for another flag, for MNT_EXPIRE with MNT_FORCE or MNT_DETACH and
   *     where nothing is mounted; EBUSY while it is used, except for MNT_DETACH; EAGAIN for the
   *     first MNT_EXPIRE; EPERM, EIO
   */
  public void umount(String target, int flags) throws ErrnoException {
    Set<UmountFlag> known = UmountFlag.ofBits(flags);
    requireRoot("umount");
    entry.run(() -> kernel.mounter().umount(context(target), target, known));
  }

  private void requireRoot(String what) throws ErrnoException {
    if (life.credentials().uid() != 0) {
      throw new ErrnoException(Errno.EPERM, what + ": only the superuser may do this");
    }
  }
}
