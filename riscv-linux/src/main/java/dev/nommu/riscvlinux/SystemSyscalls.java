package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The calls that ask what system this is, and who one is. */
final class SystemSyscalls {
  private static final int STATFS = 120;
  private static final int UTSNAME_FIELD = 65;
  private static final int UTSNAME_FIELDS = 6;

  private SystemSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(144, "setgid", SystemSyscalls::setgid)
        .add(146, "setuid", SystemSyscalls::setuid)
        .add(160, "uname", SystemSyscalls::uname)
        .add(166, "umask", (g, a) -> g.task().tree().umask((int) a[0]))
        .add(174, "getuid", (g, a) -> g.task().processes().getuid())
        .add(175, "geteuid", (g, a) -> g.task().processes().getuid())
        .add(176, "getgid", (g, a) -> g.task().processes().getgid())
        .add(177, "getegid", (g, a) -> g.task().processes().getgid());
  }

  private static long setgid(Guest g, long[] a) throws ErrnoException {
    g.task().processes().setgid((int) a[0]);
    return 0;
  }

  private static long setuid(Guest g, long[] a) throws ErrnoException {
    g.task().processes().setuid((int) a[0]);
    return 0;
  }

  private static long uname(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[0], (long) UTSNAME_FIELD * UTSNAME_FIELDS);
    into.fill((byte) 0);
    String[] fields = {"Linux", "(none)", "6.12.0-nommu", "#1", "riscv64", "(none)"};
    for (int i = 0; i < fields.length; i++) {
      byte[] text = fields[i].getBytes(StandardCharsets.UTF_8);
      int length = Math.min(text.length, UTSNAME_FIELD - 1);
      into.asSlice((long) i * UTSNAME_FIELD, length)
          .copyFrom(MemorySegment.ofArray(text).asSlice(0, length));
    }
    return 0;
  }

  static long statfs(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[1], STATFS);
    write(g.task().tree().statfs(g.memory().path(a[0])), into);
    return 0;
  }

  /** {@code struct statfs} of asm-generic, 64 bits. */
  private static void write(FileSystem.Statistics found, MemorySegment into) {
    into.fill((byte) 0);
    into.set(UserSpace.LONG, 0, found.magic());
    into.set(UserSpace.LONG, 8, found.blockSize());
    into.set(UserSpace.LONG, 16, found.blocks());
    into.set(UserSpace.LONG, 24, found.freeBlocks());
    into.set(UserSpace.LONG, 32, found.freeBlocks());
    into.set(UserSpace.LONG, 40, found.files());
    into.set(UserSpace.LONG, 64, found.nameLength());
    into.set(UserSpace.LONG, 72, found.blockSize());
  }
}
