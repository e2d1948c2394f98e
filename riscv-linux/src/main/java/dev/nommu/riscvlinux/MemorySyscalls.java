package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.AbsentCall;

/** The calls that change the memory map. */
final class MemorySyscalls {
  private static final long FLUSH_ICACHE_LOCAL = 1;

  private MemorySyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(214, "brk", (g, a) -> g.task().brk(a[0]))
        .add(215, "munmap", MemorySyscalls::munmap)
        .add(216, "mremap", (g, a) -> g.task().mremap(a[0], a[1], a[2], (int) a[3], a[4]))
        .add(222, "mmap", MemorySyscalls::mmap)
        .add(226, "mprotect", absent(AbsentCall.MPROTECT))
        .add(227, "msync", absent(AbsentCall.MSYNC))
        .add(228, "mlock", absent(AbsentCall.MLOCK))
        .add(229, "munlock", absent(AbsentCall.MUNLOCK))
        .add(230, "mlockall", absent(AbsentCall.MLOCKALL))
        .add(231, "munlockall", absent(AbsentCall.MUNLOCKALL))
        .add(232, "mincore", absent(AbsentCall.MINCORE))
        .add(233, "madvise", absent(AbsentCall.MADVISE))
        .add(234, "remap_file_pages", absent(AbsentCall.REMAP_FILE_PAGES))
        .add(259, "riscv_flush_icache", MemorySyscalls::flushIcache)
        .add(279, "memfd_create", MemorySyscalls::memfdCreate);
  }

  private static Syscall absent(AbsentCall call) {
    return (g, a) -> g.task().call(call);
  }

  private static long munmap(Guest g, long[] a) throws ErrnoException {
    g.task().munmap(a[0], a[1]);
    return 0;
  }

  private static long mmap(Guest g, long[] a) throws ErrnoException {
    return g.task()
        .mmap(a[0], a[1], (int) a[2], (int) a[3], (int) a[4], a[5], g.tracer().mapping(g.task()));
  }

  /**
   * As in Linux, flushes more than the range, and more than the calling thread even if only that is
   * requested.
   */
  private static long flushIcache(Guest g, long[] a) throws ErrnoException {
    if ((a[2] & ~FLUSH_ICACHE_LOCAL) != 0) {
      throw new ErrnoException(
          Errno.EINVAL, "riscv_flush_icache: flags 0x%x: expected 0 or 1".formatted(a[2]));
    }
    g.flushInstructions();
    return 0;
  }

  private static long memfdCreate(Guest g, long[] a) throws ErrnoException {
    return g.task().unnamedFiles().memfdCreate(g.memory().path(a[0]), (int) a[1]);
  }
}
