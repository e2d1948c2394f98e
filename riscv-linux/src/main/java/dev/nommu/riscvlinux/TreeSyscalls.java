package dev.nommu.riscvlinux;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.TreeCalls;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/** The calls that take a path. */
final class TreeSyscalls {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EACCESS = 0x200;
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int AT_NO_AUTOMOUNT = 0x800;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_STATX_SYNC_TYPE = 0x6000;
  private static final long STATX_RESERVED = 0x8000_0000L;
  private static final long NANOS = 1_000_000_000;
  private static final int PERMISSIONS = 07777;
  private static final int S_IFMT = 0170000;
  private static final long UTIME_NOW = 0x3fff_ffff;
  private static final long UTIME_OMIT = 0x3fff_fffe;

  private TreeSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(17, "getcwd", TreeSyscalls::getcwd)
        .add(33, "mknodat", TreeSyscalls::mknodat)
        .add(34, "mkdirat", TreeSyscalls::mkdirat)
        .add(35, "unlinkat", TreeSyscalls::unlinkat)
        .add(36, "symlinkat", TreeSyscalls::symlinkat)
        .add(37, "linkat", TreeSyscalls::linkat)
        .add(39, "umount2", TreeSyscalls::umount2)
        .add(40, "mount", TreeSyscalls::mount)
        .add(43, "statfs", SystemSyscalls::statfs)
        .add(44, "fstatfs", SystemSyscalls::fstatfs)
        .add(45, "truncate", TreeSyscalls::truncate)
        .add(48, "faccessat", TreeSyscalls::faccessat)
        .add(49, "chdir", TreeSyscalls::chdir)
        .add(50, "fchdir", TreeSyscalls::fchdir)
        .add(53, "fchmodat", TreeSyscalls::fchmodat)
        .add(54, "fchownat", TreeSyscalls::fchownat)
        .add(56, "openat", TreeSyscalls::openat)
        .add(78, "readlinkat", TreeSyscalls::readlinkat)
        .add(79, "newfstatat", TreeSyscalls::fstatat)
        .add(88, "utimensat", TreeSyscalls::utimensat)
        .add(276, "renameat2", TreeSyscalls::renameat2)
        .add(291, "statx", TreeSyscalls::statx)
        .add(439, "faccessat2", TreeSyscalls::faccessat2)
        .add(452, "fchmodat2", TreeSyscalls::fchmodat2);
  }

  /** Returns the calls for paths relative to an open directory, or to AT_FDCWD. */
  static TreeCalls tree(Guest g, long directory) {
    TreeCalls tree = g.task().tree();
    return (int) directory == AT_FDCWD ? tree : tree.at((int) directory);
  }

  /**
   * Returns the same for a call with flags, which may permit an empty path.
   *
   * @param known the flags that the call supports
   * @throws ErrnoException EINVAL for any other flag
   */
  static TreeCalls tree(Guest g, long directory, long flags, int known) throws ErrnoException {
    int asked = (int) flags;
    if ((asked & ~known) != 0) {
      throw new ErrnoException(
          Errno.EINVAL, "flags 0x%x: expected a subset of 0x%x".formatted(asked, known));
    }
    TreeCalls tree = tree(g, directory);
    return (asked & AT_EMPTY_PATH) == 0 ? tree : tree.withEmptyPath();
  }

  private static long getcwd(Guest g, long[] a) throws ErrnoException {
    byte[] path = FileNames.encode(g.task().tree().getcwd() + '\0');
    if (path.length > a[1]) {
      throw new ErrnoException(
          Errno.ERANGE, "getcwd into %d bytes: expected %d or more".formatted(a[1], path.length));
    }
    g.memory().at(a[0], path.length).copyFrom(MemorySegment.ofArray(path));
    return path.length;
  }

  private static long mknodat(Guest g, long[] a) throws ErrnoException {
    String path = g.memory().path(a[1]);
    int mode = (int) a[2];
    int permissions = mode & PERMISSIONS;
    NewInode inode =
        switch (mode & S_IFMT) {
          case 0, 0100000 -> NewInode.regularFile(permissions);
          case 0010000 -> NewInode.fifo(permissions);
          case 0140000 -> NewInode.socket(permissions);
          case 0020000 ->
              NewInode.deviceFile(permissions, DeviceFile.Kind.CHARACTER, Stat.decoded(a[3]));
          case 0060000 ->
              NewInode.deviceFile(permissions, DeviceFile.Kind.BLOCK, Stat.decoded(a[3]));
          case 0040000 -> throw new ErrnoException(Errno.EPERM, "mknod cannot create a directory");
          default ->
              throw new ErrnoException(
                  Errno.EINVAL, "mknod: unknown file type in mode 0%o".formatted(mode));
        };
    tree(g, a[0]).create(path, inode);
    return 0;
  }

  private static long mkdirat(Guest g, long[] a) throws ErrnoException {
    tree(g, a[0]).mkdir(g.memory().path(a[1]), (int) a[2]);
    return 0;
  }

  private static long unlinkat(Guest g, long[] a) throws ErrnoException {
    TreeCalls tree = tree(g, a[0], a[2], AT_REMOVEDIR);
    String path = g.memory().path(a[1]);
    if ((int) a[2] == 0) {
      tree.unlink(path);
    } else {
      tree.rmdir(path);
    }
    return 0;
  }

  private static long symlinkat(Guest g, long[] a) throws ErrnoException {
    tree(g, a[1]).symlink(g.memory().path(a[0]), g.memory().path(a[2]));
    return 0;
  }

  private static long linkat(Guest g, long[] a) throws ErrnoException {
    TreeCalls from = tree(g, a[0], a[4], AT_SYMLINK_FOLLOW | AT_EMPTY_PATH);
    String path = g.memory().path(a[1]);
    String newPath = g.memory().path(a[3]);
    if ((a[4] & AT_SYMLINK_FOLLOW) != 0) {
      from.linkFollowed(path, tree(g, a[2]), newPath);
    } else {
      from.link(path, tree(g, a[2]), newPath);
    }
    return 0;
  }

  private static long umount2(Guest g, long[] a) throws ErrnoException {
    g.task().tree().umount(g.memory().path(a[0]), (int) a[1]);
    return 0;
  }

  private static long mount(Guest g, long[] a) throws ErrnoException {
    UserSpace memory = g.memory();
    g.task()
        .tree()
        .mount(
            memory.optional(a[0]),
            memory.path(a[1]),
            memory.optional(a[2]),
            a[3],
            memory.optional(a[4]));
    return 0;
  }

  private static long truncate(Guest g, long[] a) throws ErrnoException {
    g.task().tree().truncate(g.memory().path(a[0]), a[1]);
    return 0;
  }

  private static long faccessat(Guest g, long[] a) throws ErrnoException {
    tree(g, a[0]).access(g.memory().path(a[1]), (int) a[2]);
    return 0;
  }

  /** AT_EACCESS selects the effective user, which is the only one. */
  private static long faccessat2(Guest g, long[] a) throws ErrnoException {
    TreeCalls tree = tree(g, a[0], a[3], AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
    String path = g.memory().path(a[1]);
    if ((a[3] & AT_SYMLINK_NOFOLLOW) != 0) {
      tree.laccess(path, (int) a[2]);
    } else {
      tree.access(path, (int) a[2]);
    }
    return 0;
  }

  private static long chdir(Guest g, long[] a) throws ErrnoException {
    g.task().tree().chdir(g.memory().path(a[0]));
    return 0;
  }

  private static long fchdir(Guest g, long[] a) throws ErrnoException {
    g.task().tree().at((int) a[0]).withEmptyPath().chdir("");
    return 0;
  }

  private static long fchmodat(Guest g, long[] a) throws ErrnoException {
    tree(g, a[0]).chmod(g.memory().path(a[1]), (int) a[2]);
    return 0;
  }

  private static long fchmodat2(Guest g, long[] a) throws ErrnoException {
    TreeCalls tree = tree(g, a[0], a[3], AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
    String path = g.memory().path(a[1]);
    if ((a[3] & AT_SYMLINK_NOFOLLOW) != 0) {
      tree.lchmod(path, (int) a[2]);
    } else {
      tree.chmod(path, (int) a[2]);
    }
    return 0;
  }

  private static long fchownat(Guest g, long[] a) throws ErrnoException {
    TreeCalls tree = tree(g, a[0], a[4], AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
    String path = g.memory().path(a[1]);
    if ((a[4] & AT_SYMLINK_NOFOLLOW) != 0) {
      tree.lchown(path, (int) a[2], (int) a[3]);
    } else {
      tree.chown(path, (int) a[2], (int) a[3]);
    }
    return 0;
  }

  private static long openat(Guest g, long[] a) throws ErrnoException {
    return tree(g, a[0]).open(g.memory().path(a[1]), (int) a[2], (int) a[3]);
  }

  /** An empty path refers to a symbolic link that was opened with O_PATH. */
  private static long readlinkat(Guest g, long[] a) throws ErrnoException {
    if ((int) a[3] <= 0) {
      throw new ErrnoException(
          Errno.EINVAL, "readlink into %d bytes: expected 1 or more".formatted((int) a[3]));
    }
    String path = g.memory().path(a[1]);
    byte[] target = FileNames.encode(readlink(tree(g, a[0]).withEmptyPath(), path));
    long length = Math.min(target.length, (int) a[3]);
    g.memory().at(a[2], length).copyFrom(MemorySegment.ofArray(target).asSlice(0, length));
    return length;
  }

  private static String readlink(TreeCalls tree, String path) throws ErrnoException {
    try {
      return tree.readlink(path);
    } catch (ErrnoException refused) {
      if (path.isEmpty() && refused.errno() == Errno.EINVAL) {
        throw new ErrnoException(Errno.ENOENT, "readlink of an empty path", refused);
      }
      throw refused;
    }
  }

  private static long fstatat(Guest g, long[] a) throws ErrnoException {
    FileStatus found = status(g, a[0], a[1], a[3]);
    Stat.write(found, g.memory().at(a[2], Stat.SIZE));
    return 0;
  }

  private static long statx(Guest g, long[] a) throws ErrnoException {
    boolean knowsMask = (a[3] & STATX_RESERVED) == 0;
    if (!knowsMask || (a[2] & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE) {
      throw new ErrnoException(
          Errno.EINVAL, "statx: invalid flags 0x%x or mask 0x%x".formatted(a[2], a[3]));
    }
    FileStatus found = status(g, a[0], a[1], a[2]);
    Statx.write(found, g.memory().at(a[4], Statx.SIZE));
    return 0;
  }

  /** Returns the status of the file at a directory, path and flags; NULL is an empty path. */
  private static FileStatus status(Guest g, long directory, long address, long flags)
      throws ErrnoException {
    int known = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE;
    TreeCalls tree = tree(g, directory, flags, known);
    boolean none = address == 0 && (flags & AT_EMPTY_PATH) != 0;
    String path = none ? "" : g.memory().path(address);
    return (flags & AT_SYMLINK_NOFOLLOW) != 0 ? tree.lstat(path) : tree.stat(path);
  }

  private static long utimensat(Guest g, long[] a) throws ErrnoException {
    NewTime accessed = a[2] == 0 ? NewTime.NOW : time(g, a[2]);
    NewTime modified = a[2] == 0 ? NewTime.NOW : time(g, a[2] + 2 * Long.BYTES);
    if (accessed.equals(NewTime.OMIT) && modified.equals(NewTime.OMIT)) {
      return 0; // as Linux, which then does not look for the file
    }
    if (a[1] == 0 && (int) a[0] != AT_FDCWD) {
      tree(g, a[0], a[3], 0); // which knows no flag
      g.task().descriptors().futimens((int) a[0], accessed, modified);
      return 0;
    }
    TreeCalls tree = tree(g, a[0], a[3], AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
    String path = g.memory().path(a[1]);
    if ((a[3] & AT_SYMLINK_NOFOLLOW) != 0) {
      tree.lutimes(path, accessed, modified);
    } else {
      tree.utimensat(path, accessed, modified);
    }
    return 0;
  }

  private static NewTime time(Guest g, long address) throws ErrnoException {
    long seconds = g.memory().getLong(address);
    long nanos = g.memory().getLong(address + Long.BYTES);
    if (nanos == UTIME_NOW) {
      return NewTime.NOW;
    }
    if (nanos == UTIME_OMIT) {
      return NewTime.OMIT;
    }
    if (nanos < 0 || nanos >= NANOS) {
      throw new ErrnoException(Errno.EINVAL, "utimensat: invalid nanoseconds %d".formatted(nanos));
    }
    return NewTime.at(Instant.ofEpochSecond(seconds, nanos));
  }

  private static long renameat2(Guest g, long[] a) throws ErrnoException {
    if (a[4] != 0) {
      throw new ErrnoException(Errno.EINVAL, "renameat2: unsupported flags 0x%x".formatted(a[4]));
    }
    String path = g.memory().path(a[1]);
    tree(g, a[0]).rename(path, tree(g, a[2]), g.memory().path(a[3]));
    return 0;
  }
}
