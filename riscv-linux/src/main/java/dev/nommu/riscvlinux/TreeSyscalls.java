package dev.nommu.riscvlinux;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.fs.NewTime;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The calls that take a path. */
final class TreeSyscalls {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
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
        .add(45, "truncate", TreeSyscalls::truncate)
        .add(48, "faccessat", TreeSyscalls::faccessat)
        .add(49, "chdir", TreeSyscalls::chdir)
        .add(53, "fchmodat", TreeSyscalls::fchmodat)
        .add(54, "fchownat", TreeSyscalls::fchownat)
        .add(56, "openat", TreeSyscalls::openat)
        .add(78, "readlinkat", TreeSyscalls::readlinkat)
        .add(79, "newfstatat", TreeSyscalls::fstatat)
        .add(88, "utimensat", TreeSyscalls::utimensat)
        .add(276, "renameat2", TreeSyscalls::renameat2);
  }

  /**
   * Returns the path that a call means.
   *
   * @throws ErrnoException ENOSYS for a relative path from a directory that is open, EFAULT
   */
  private static String path(Guest g, long directory, long address) throws ErrnoException {
    String path = g.memory().path(address);
    if ((int) directory != AT_FDCWD && !path.startsWith("/") && !path.isEmpty()) {
      throw new ErrnoException(
          Errno.ENOSYS, path + ": a path from an open directory is not known yet");
    }
    return path;
  }

  private static long getcwd(Guest g, long[] a) throws ErrnoException {
    byte[] path = (g.task().tree().getcwd() + '\0').getBytes(StandardCharsets.UTF_8);
    if (path.length > a[1]) {
      throw new ErrnoException(
          Errno.ERANGE, "getcwd: %d bytes, expected room for %d".formatted(a[1], path.length));
    }
    g.memory().at(a[0], path.length).copyFrom(MemorySegment.ofArray(path));
    return path.length;
  }

  private static long mknodat(Guest g, long[] a) throws ErrnoException {
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
          case 0040000 -> throw new ErrnoException(Errno.EPERM, "mknod of a directory");
          default -> throw new ErrnoException(Errno.EINVAL, "mknod: mode 0%o".formatted(mode));
        };
    g.task().tree().create(path(g, a[0], a[1]), inode);
    return 0;
  }

  private static long mkdirat(Guest g, long[] a) throws ErrnoException {
    g.task().tree().mkdir(path(g, a[0], a[1]), (int) a[2]);
    return 0;
  }

  private static long unlinkat(Guest g, long[] a) throws ErrnoException {
    if ((a[2] & ~AT_REMOVEDIR) != 0) {
      throw new ErrnoException(Errno.EINVAL, "unlinkat: flags 0x%x".formatted(a[2]));
    }
    String path = path(g, a[0], a[1]);
    if (a[2] == 0) {
      g.task().tree().unlink(path);
    } else {
      g.task().tree().rmdir(path);
    }
    return 0;
  }

  private static long symlinkat(Guest g, long[] a) throws ErrnoException {
    g.task().tree().symlink(g.memory().path(a[0]), path(g, a[1], a[2]));
    return 0;
  }

  private static long linkat(Guest g, long[] a) throws ErrnoException {
    g.task().tree().link(path(g, a[0], a[1]), path(g, a[2], a[3]));
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
    g.task().tree().access(path(g, a[0], a[1]), (int) a[2]);
    return 0;
  }

  private static long chdir(Guest g, long[] a) throws ErrnoException {
    g.task().tree().chdir(g.memory().path(a[0]));
    return 0;
  }

  private static long fchmodat(Guest g, long[] a) throws ErrnoException {
    g.task().tree().chmod(path(g, a[0], a[1]), (int) a[2]);
    return 0;
  }

  private static long fchownat(Guest g, long[] a) throws ErrnoException {
    String path = path(g, a[0], a[1]);
    if ((a[4] & AT_SYMLINK_NOFOLLOW) != 0) {
      g.task().tree().lchown(path, (int) a[2], (int) a[3]);
    } else {
      g.task().tree().chown(path, (int) a[2], (int) a[3]);
    }
    return 0;
  }

  private static long openat(Guest g, long[] a) throws ErrnoException {
    return g.task().open(path(g, a[0], a[1]), (int) a[2], (int) a[3]);
  }

  private static long readlinkat(Guest g, long[] a) throws ErrnoException {
    byte[] target = g.task().tree().readlink(path(g, a[0], a[1])).getBytes(StandardCharsets.UTF_8);
    if (a[3] <= 0) {
      throw new ErrnoException(Errno.EINVAL, "readlink into %d bytes".formatted(a[3]));
    }
    long length = Math.min(target.length, a[3]);
    g.memory().at(a[2], length).copyFrom(MemorySegment.ofArray(target).asSlice(0, length));
    return length;
  }

  private static long fstatat(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[2], Stat.SIZE);
    Stat.write(status(g, a[0], a[1], (int) a[3]), into);
    return 0;
  }

  /** Returns what is known of what a directory, a path and AT flags mean. */
  static FileStatus status(Guest g, long directory, long address, int flags) throws ErrnoException {
    String path = path(g, directory, address);
    if (path.isEmpty() && (flags & AT_EMPTY_PATH) != 0) {
      return (int) directory == AT_FDCWD
          ? g.task().tree().stat(".")
          : g.task().fstat((int) directory);
    }
    return (flags & AT_SYMLINK_NOFOLLOW) != 0
        ? g.task().tree().lstat(path)
        : g.task().tree().stat(path);
  }

  private static long utimensat(Guest g, long[] a) throws ErrnoException {
    NewTime accessed = a[2] == 0 ? NewTime.NOW : time(g, a[2]);
    NewTime modified = a[2] == 0 ? NewTime.NOW : time(g, a[2] + 2 * Long.BYTES);
    if (a[1] == 0) {
      g.task().descriptors().futimens((int) a[0], accessed, modified);
    } else if ((a[3] & AT_SYMLINK_NOFOLLOW) != 0) {
      g.task().tree().lutimes(path(g, a[0], a[1]), accessed, modified);
    } else {
      g.task().tree().utimensat(path(g, a[0], a[1]), accessed, modified);
    }
    return 0;
  }

  private static NewTime time(Guest g, long address) throws ErrnoException {
    long seconds = g.memory().getLong(address);
    long nanos = g.memory().getLong(address + Long.BYTES);
    if (nanos == UTIME_NOW) {
      return NewTime.NOW;
    }
    return nanos == UTIME_OMIT ? NewTime.OMIT : NewTime.at(Instant.ofEpochSecond(seconds, nanos));
  }

  private static long renameat2(Guest g, long[] a) throws ErrnoException {
    if (a[4] != 0) {
      throw new ErrnoException(Errno.EINVAL, "renameat2: flags 0x%x".formatted(a[4]));
    }
    g.task().tree().rename(path(g, a[0], a[1]), path(g, a[2], a[3]));
    return 0;
  }
}
