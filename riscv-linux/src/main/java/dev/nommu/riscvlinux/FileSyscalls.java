package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Whence;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The calls that take a descriptor. */
final class FileSyscalls {
  private FileSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(23, "dup", (g, a) -> g.task().dup((int) a[0]))
        .add(24, "dup3", (g, a) -> g.task().descriptors().dup3((int) a[0], (int) a[1], (int) a[2]))
        .add(
            25, "fcntl", (g, a) -> g.task().descriptors().fcntl((int) a[0], (int) a[1], (int) a[2]))
        .add(29, "ioctl", (g, a) -> g.task().ioctl((int) a[0], (int) a[1], a[2]))
        .add(32, "flock", FileSyscalls::flock)
        .add(46, "ftruncate", FileSyscalls::ftruncate)
        .add(47, "fallocate", FileSyscalls::fallocate)
        .add(52, "fchmod", FileSyscalls::fchmod)
        .add(55, "fchown", FileSyscalls::fchown)
        .add(57, "close", FileSyscalls::close)
        .add(59, "pipe2", FileSyscalls::pipe2)
        .add(61, "getdents64", (g, a) -> g.task().descriptors().getdents((int) a[0], buffer(g, a)))
        .add(62, "lseek", FileSyscalls::lseek)
        .add(63, "read", (g, a) -> g.task().read((int) a[0], buffer(g, a)))
        .add(64, "write", (g, a) -> g.task().write((int) a[0], buffer(g, a)))
        .add(65, "readv", (g, a) -> g.task().vectors().readv((int) a[0], a[1], (int) a[2]))
        .add(66, "writev", (g, a) -> g.task().vectors().writev((int) a[0], a[1], (int) a[2]))
        .add(67, "pread64", (g, a) -> g.task().pread((int) a[0], buffer(g, a), a[3]))
        .add(68, "pwrite64", (g, a) -> g.task().pwrite((int) a[0], buffer(g, a), a[3]))
        .add(69, "preadv", (g, a) -> g.task().vectors().preadv((int) a[0], a[1], (int) a[2], a[3]))
        .add(
            70, "pwritev", (g, a) -> g.task().vectors().pwritev((int) a[0], a[1], (int) a[2], a[3]))
        .add(71, "sendfile", FileSyscalls::sendfile)
        .add(80, "fstat", FileSyscalls::fstat)
        .add(82, "fsync", FileSyscalls::fsync)
        .add(83, "fdatasync", FileSyscalls::fsync);
  }

  private static MemorySegment buffer(Guest g, long[] a) throws ErrnoException {
    return g.memory().at(a[1], a[2]);
  }

  private static long flock(Guest g, long[] a) throws ErrnoException {
    g.task().descriptors().flock((int) a[0], (int) a[1]);
    return 0;
  }

  private static long ftruncate(Guest g, long[] a) throws ErrnoException {
    g.task().ftruncate((int) a[0], a[1]);
    return 0;
  }

  private static long fallocate(Guest g, long[] a) throws ErrnoException {
    g.task().descriptors().fallocate((int) a[0], (int) a[1], a[2], a[3]);
    return 0;
  }

  private static long fchmod(Guest g, long[] a) throws ErrnoException {
    g.task().descriptors().fchmod((int) a[0], (int) a[1]);
    return 0;
  }

  private static long fchown(Guest g, long[] a) throws ErrnoException {
    g.task().descriptors().fchown((int) a[0], (int) a[1], (int) a[2]);
    return 0;
  }

  private static long close(Guest g, long[] a) throws ErrnoException {
    g.task().close((int) a[0]);
    return 0;
  }

  private static long pipe2(Guest g, long[] a) throws ErrnoException {
    MemorySegment pair = g.memory().at(a[0], 2 * Integer.BYTES);
    PipeDescriptors pipe = g.task().unnamedFiles().pipe2((int) a[1]);
    pair.set(UserSpace.INT, 0, pipe.read());
    pair.set(UserSpace.INT, Integer.BYTES, pipe.write());
    return 0;
  }

  private static long lseek(Guest g, long[] a) throws ErrnoException {
    Whence[] all = Whence.values();
    if (a[2] < 0 || a[2] >= all.length) {
      throw new ErrnoException(Errno.EINVAL, "lseek: unknown whence " + a[2]);
    }
    return g.task().lseek((int) a[0], a[1], all[(int) a[2]]);
  }

  private static long sendfile(Guest g, long[] a) throws ErrnoException {
    if (a[2] == 0) {
      return g.task().descriptors().sendfile((int) a[0], (int) a[1], Optional.empty(), a[3]);
    }
    long start = g.memory().getLong(a[2]);
    long copied = g.task().descriptors().sendfile((int) a[0], (int) a[1], Optional.of(start), a[3]);
    g.memory().putLong(a[2], start + copied);
    return copied;
  }

  private static long fstat(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[1], Stat.SIZE);
    Stat.write(g.task().fstat((int) a[0]), into);
    return 0;
  }

  private static long fsync(Guest g, long[] a) throws ErrnoException {
    g.task().descriptors().fsync((int) a[0]);
    return 0;
  }
}
