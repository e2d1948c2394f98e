package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.kernel.task.DescriptorCalls;
import dev.nommu.kernel.task.SystemCalls;
import dev.nommu.kernel.task.TimeCalls;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** The calls that identify the system and the caller. */
final class SystemSyscalls {
  private static final int STATFS = 120;
  private static final int SYSINFO = 112;
  private static final int TMS = 32;

  /** The size of {@code struct rusage} in bytes. */
  static final int RUSAGE = 144;

  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_SELF = 0;

  /** USER_HZ is 100. */
  private static final long MILLIS_A_TICK = 10;

  /** GRND_NONBLOCK, GRND_RANDOM and GRND_INSECURE. */
  private static final long GRND_FLAGS = 7;

  private static final long MOST_RANDOM = 33_554_431;
  private static final int REBOOT_MAGIC1 = 0xfee1_dead;
  private static final Set<Integer> REBOOT_MAGIC2 =
      Set.of(672274793, 85072278, 369367448, 537993216);

  /** LINUX_REBOOT_CMD_RESTART, HALT and POWER_OFF. */
  private static final Set<Integer> ENDS = Set.of(0x0123_4567, 0xcdef_0123, 0x4321_fedc);

  private static final int UTSNAME_FIELD = 65;
  private static final int UTSNAME_FIELDS = 6;

  private SystemSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(81, "sync", SystemSyscalls::sync)
        .add(123, "sched_getaffinity", SystemSyscalls::schedGetaffinity)
        .add(142, "reboot", SystemSyscalls::reboot)
        .add(144, "setgid", SystemSyscalls::setgid)
        .add(146, "setuid", SystemSyscalls::setuid)
        .add(153, "times", SystemSyscalls::times)
        .add(160, "uname", SystemSyscalls::uname)
        .add(165, "getrusage", SystemSyscalls::getrusage)
        .add(166, "umask", (g, a) -> g.task().tree().umask((int) a[0]))
        .add(174, "getuid", (g, a) -> g.task().processes().getuid())
        .add(175, "geteuid", (g, a) -> g.task().processes().getuid())
        .add(176, "getgid", (g, a) -> g.task().processes().getgid())
        .add(177, "getegid", (g, a) -> g.task().processes().getgid())
        .add(179, "sysinfo", SystemSyscalls::sysinfo)
        .add(267, "syncfs", SystemSyscalls::syncfs)
        .add(278, "getrandom", SystemSyscalls::getrandom);
  }

  /**
   * LINUX_REBOOT_CMD_…: every command that ends the machine powers it off; there is no
   * Ctrl-Alt-Del.
   */
  private static long reboot(Guest g, long[] a) throws ErrnoException {
    int command = (int) a[2];
    if ((int) a[0] != REBOOT_MAGIC1 || !REBOOT_MAGIC2.contains((int) a[1])) {
      throw new ErrnoException(
          Errno.EINVAL, "reboot: wrong magic 0x%x and 0x%x".formatted((int) a[0], (int) a[1]));
    }
    if (!ENDS.contains(command)) {
      throw new ErrnoException(Errno.EINVAL, "reboot: unsupported command 0x%x".formatted(command));
    }
    g.task().processes().powerOff();
    return 0;
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

  private static long sysinfo(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[0], SYSINFO);
    SystemCalls.SystemInfo info = g.task().processes().system().sysinfo();
    into.fill((byte) 0);
    into.set(UserSpace.LONG, 0, info.uptime().toSeconds());
    into.set(UserSpace.LONG, 32, info.totalMemory());
    into.set(UserSpace.LONG, 40, info.freeMemory());
    into.set(UserSpace.SHORT, 80, (short) info.processes());
    into.set(UserSpace.INT, 104, 1);
    return 0;
  }

  /** Processors are numbered from 0; every task may run on all of them. */
  private static long schedGetaffinity(Guest g, long[] a) throws ErrnoException {
    int processors = Math.min(Long.SIZE, g.task().processes().system().processors());
    if (a[1] < Long.BYTES || a[1] % Long.BYTES != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "sched_getaffinity of %d bytes: expected a multiple of %d".formatted(a[1], Long.BYTES));
    }
    if (a[0] != 0) {
      g.task().processes().signals().tgkill(-1, (int) a[0], 0);
    }
    g.memory().putLong(a[2], -1L >>> (Long.SIZE - processors));
    return Long.BYTES;
  }

  /** All CPU time is user time: calls take none. */
  private static long times(Guest g, long[] a) throws ErrnoException {
    TimeCalls time = g.task().time();
    if (a[0] != 0) {
      MemorySegment tms = g.memory().at(a[0], TMS).fill((byte) 0);
      tms.set(UserSpace.LONG, 0, ticks(time.processor()));
      tms.set(UserSpace.LONG, 2 * Long.BYTES, ticks(time.processorOfChildren()));
    }
    return ticks(time.monotonic());
  }

  private static long ticks(Duration time) {
    return time.toMillis() / MILLIS_A_TICK;
  }

  private static long getrusage(Guest g, long[] a) throws ErrnoException {
    int who = (int) a[0];
    if (who < -1 || who > 1) {
      throw new ErrnoException(Errno.EINVAL, "getrusage: unknown who " + who);
    }
    Duration time =
        switch (who) {
          case RUSAGE_CHILDREN -> g.task().time().processorOfChildren();
          case RUSAGE_SELF -> g.task().time().processor();
          default -> g.task().processes().timeslice().used();
        };
    putUsage(g, a[1], time);
    return 0;
  }

  /** Fills in a {@code struct rusage}; only the user time is known. */
  static void putUsage(Guest g, long address, Duration time) throws ErrnoException {
    MemorySegment usage = g.memory().at(address, RUSAGE).fill((byte) 0);
    usage.set(UserSpace.LONG, 0, time.toSeconds());
    usage.set(UserSpace.LONG, Long.BYTES, time.toNanosPart() / 1000);
  }

  private static long getrandom(Guest g, long[] a) throws ErrnoException {
    if ((a[2] & ~GRND_FLAGS) != 0) {
      throw new ErrnoException(Errno.EINVAL, "getrandom: unknown flags 0x%x".formatted(a[2]));
    }
    MemorySegment into = g.memory().at(a[0], Math.min(a[1], MOST_RANDOM));
    g.task().processes().system().getrandom(into);
    return into.byteSize();
  }

  static long statfs(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[1], STATFS);
    write(g.task().tree().statfs(g.memory().path(a[0])), into);
    return 0;
  }

  static long fstatfs(Guest g, long[] a) throws ErrnoException {
    MemorySegment into = g.memory().at(a[1], STATFS);
    write(g.task().tree().at((int) a[0]).withEmptyPath().statfs(""), into);
    return 0;
  }

  private static long sync(Guest g, long[] a) throws ErrnoException {
    g.task().processes().system().sync();
    return 0;
  }

  /** Syncs all other file systems, too. */
  private static long syncfs(Guest g, long[] a) throws ErrnoException {
    g.task().descriptors().fcntl((int) a[0], DescriptorCalls.F_GETFD, 0);
    return sync(g, a);
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
