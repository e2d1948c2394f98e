package dev.nommu.riscvlinux.strace;

import static dev.nommu.riscvlinux.strace.Kinds.DIRECTORY;
import static dev.nommu.riscvlinux.strace.Kinds.INT;
import static dev.nommu.riscvlinux.strace.Kinds.LONG;
import static dev.nommu.riscvlinux.strace.Kinds.MODE;
import static dev.nommu.riscvlinux.strace.Kinds.OWNER;
import static dev.nommu.riscvlinux.strace.Kinds.PATH;
import static dev.nommu.riscvlinux.strace.Kinds.POINTER;
import static dev.nommu.riscvlinux.strace.Kinds.SIZE;
import static dev.nommu.riscvlinux.strace.Kinds.UNSIGNED;
import static dev.nommu.riscvlinux.strace.Kinds.filled;
import static dev.nommu.riscvlinux.strace.Kinds.flags;
import static dev.nommu.riscvlinux.strace.Kinds.in;
import static dev.nommu.riscvlinux.strace.Kinds.out;
import static dev.nommu.riscvlinux.strace.Kinds.read;
import static dev.nommu.riscvlinux.strace.Kinds.value;
import static dev.nommu.riscvlinux.strace.Kinds.when;

import java.util.Map;

/** The formats of calls that take a descriptor or a path. */
final class FileFormats {
  private static final long O_CREAT_OR_TMPFILE = 0100 | 020000000;
  private static final int F_DUPFD = 0;
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_GETOWN = 9;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_GETPIPE_SZ = 1032;
  private static final long S_IFMT = 0170000;
  private static final long S_IFCHR = 0020000;
  private static final long S_IFBLK = 0060000;
  private static final int TIOCGWINSZ = 0x5413;
  private static final Names FD_FLAGS = Names.of("FD_", "CLOEXEC=1");

  private static final Argument OPEN_FLAGS = Argument.of(Constants::open);
  private static final Argument STAT = out(Structures::stat);
  private static final Argument STATFS = out(Structures::statfs);

  /** Flags: a subset of those of {@code open}. */
  private static final Argument OPEN_FLAGS_OR_0 =
      Argument.of(bits -> Constants.OPEN.bits(bits & 0xffff_ffffL));

  private static final Argument IOCTL_ARGUMENT =
      new Argument.Out((call, index) ->
          (int) call.argument(1) == TIOCGWINSZ
              ? Structures.windowSize(call, call.argument(index))
              : Argument.pointer(call.argument(index)));

  private static final Argument MOUNT_DATA = in(Memory::path);

  private static final Argument STATX = out(Structures::statx);

  private static final Argument CREATED_MODE =
      when((call, index) -> (call.argument(index - 1) & O_CREAT_OR_TMPFILE) != 0, MODE);

  private static final Argument DEVICE =
      Argument.of(device -> Structures.device(device & 0xffff_ffffL));

  private FileFormats() {}

  static void addTo(Map<Long, CallFormat> formats) {
    addDescriptors(formats);
    addReadiness(formats);
    addTransfers(formats);
    addPaths(formats);
    addNames(formats);
  }

  private static void addDescriptors(Map<Long, CallFormat> formats) {
    formats.put(23L, CallFormat.of("dup", INT));
    formats.put(24L, CallFormat.of("dup3", INT, INT, OPEN_FLAGS_OR_0));
    formats.put(
        25L,
        CallFormat.of(
                "fcntl",
                INT,
                value(Constants.FCNTL),
                new Argument.In((call, index) -> controlArgument(call)))
            .returning(FileFormats::controlled));
    formats.put(29L, CallFormat.of("ioctl", INT, value(Constants.IOCTL), IOCTL_ARGUMENT));
    formats.put(32L, CallFormat.of("flock", INT, flags(Constants.FLOCK)));
    formats.put(46L, CallFormat.of("ftruncate", INT, LONG));
    formats.put(47L, CallFormat.of("fallocate", INT, flags(Constants.FALLOCATE), LONG, LONG));
    formats.put(52L, CallFormat.of("fchmod", INT, MODE));
    formats.put(55L, CallFormat.of("fchown", INT, OWNER, OWNER));
    formats.put(57L, CallFormat.of("close", INT));
    formats.put(59L, CallFormat.of("pipe2", out(Structures::pair), OPEN_FLAGS_OR_0));
    formats.put(80L, CallFormat.of("fstat", INT, STAT));
    formats.put(44L, CallFormat.of("fstatfs", INT, STATFS));
    formats.put(50L, CallFormat.of("fchdir", INT));
    formats.put(82L, CallFormat.of("fsync", INT));
    formats.put(83L, CallFormat.of("fdatasync", INT));
  }

  /** The calls that wait for several files. */
  private static void addReadiness(Map<Long, CallFormat> formats) {
    Argument set = in(SelectText::set);
    formats.put(
        72L,
        CallFormat.of(
                "pselect6", INT, set, set, set, in(Structures::timespec), in(SelectText::mask))
            .returning(SelectText::result));
    formats.put(
        73L,
        CallFormat.of(
                "ppoll",
                in((call, address) -> Structures.polled(call, address, call.argument(1))),
                UNSIGNED,
                in(Structures::timespec),
                in(Structures::signals),
                SIZE)
            .returning(FileFormats::polled));
  }

  private static String controlArgument(TracedCall call) {
    long argument = call.argument(2);
    return switch ((int) call.argument(1)) {
      case F_GETFD, F_GETFL, F_GETOWN, F_GETPIPE_SZ -> "";
      case F_DUPFD, F_DUPFD_CLOEXEC -> Integer.toString((int) argument);
      case F_SETFD -> FD_FLAGS.bits(argument);
      case F_SETFL -> Constants.open(argument);
      default -> Argument.pointer(argument);
    };
  }

  private static String controlled(TracedCall call) {
    long result = call.result().orElseThrow();
    return switch ((int) call.argument(1)) {
      case F_GETFD ->
          result == 0 ? "0" : "0x%x (flags %s)".formatted(result, FD_FLAGS.bits(result));
      case F_GETFL -> "0x%x (flags %s)".formatted(result, Constants.open(result));
      default -> Long.toString(result);
    };
  }

  private static String polled(TracedCall call) {
    long count = call.result().orElseThrow();
    return count == 0
        ? "0 (Timeout)"
        : "%d (%s)".formatted(count, Structures.told(call, call.argument(0), call.argument(1)));
  }

  private static void addTransfers(Map<Long, CallFormat> formats) {
    Argument written =
        in((call, address) -> Structures.pieces(call, address, call.argument(2), Long.MAX_VALUE));
    Argument scattered =
        out((call, address) ->
            Structures.pieces(call, address, call.argument(2), call.result().orElseThrow()));
    formats.put(
        61L,
        CallFormat.of(
            "getdents64",
            INT,
            out((call, address) -> Structures.entries(call, address, call.result().orElseThrow())),
            SIZE));
    formats.put(62L, CallFormat.of("lseek", INT, LONG, value(Constants.SEEK)));
    formats.put(63L, CallFormat.of("read", INT, filled(), SIZE));
    formats.put(64L, CallFormat.of("write", INT, read(), SIZE));
    formats.put(65L, CallFormat.of("readv", INT, scattered, SIZE));
    formats.put(66L, CallFormat.of("writev", INT, written, SIZE));
    formats.put(67L, CallFormat.of("pread64", INT, filled(), SIZE, LONG));
    formats.put(68L, CallFormat.of("pwrite64", INT, read(), SIZE, LONG));
    formats.put(69L, CallFormat.of("preadv", INT, scattered, SIZE, LONG));
    formats.put(70L, CallFormat.of("pwritev", INT, written, SIZE, LONG));
    formats.put(71L, CallFormat.of("sendfile", INT, INT, in(Structures::position), SIZE));
    formats.put(81L, CallFormat.of("sync"));
    formats.put(267L, CallFormat.of("syncfs", INT));
  }

  private static void addPaths(Map<Long, CallFormat> formats) {
    formats.put(
        17L, CallFormat.of("getcwd", out((call, address) -> Memory.path(call, address)), SIZE));
    formats.put(39L, CallFormat.of("umount2", PATH, flags(Constants.UMOUNT)));
    formats.put(40L, CallFormat.of("mount", PATH, PATH, PATH, flags(Constants.MOUNT), MOUNT_DATA));
    formats.put(43L, CallFormat.of("statfs", PATH, STATFS));
    formats.put(45L, CallFormat.of("truncate", PATH, LONG));
    formats.put(48L, CallFormat.of("faccessat", DIRECTORY, PATH, flags(Constants.ACCESS)));
    formats.put(
        439L,
        CallFormat.of(
            "faccessat2", DIRECTORY, PATH, flags(Constants.ACCESS), flags(Constants.AT_ACCESS)));
    formats.put(49L, CallFormat.of("chdir", PATH));
    formats.put(51L, CallFormat.of("chroot", PATH));
    formats.put(53L, CallFormat.of("fchmodat", DIRECTORY, PATH, MODE));
    formats.put(452L, CallFormat.of("fchmodat2", DIRECTORY, PATH, MODE, flags(Constants.AT)));
    formats.put(54L, CallFormat.of("fchownat", DIRECTORY, PATH, OWNER, OWNER, flags(Constants.AT)));
    formats.put(56L, CallFormat.of("openat", DIRECTORY, PATH, OPEN_FLAGS, CREATED_MODE));
    formats.put(78L, CallFormat.of("readlinkat", DIRECTORY, PATH, filled(), SIZE));
    formats.put(79L, CallFormat.of("newfstatat", DIRECTORY, PATH, STAT, flags(Constants.AT)));
    formats.put(
        88L,
        CallFormat.of("utimensat", DIRECTORY, PATH, in(FileFormats::times), flags(Constants.AT)));
    formats.put(
        291L,
        CallFormat.of(
            "statx",
            DIRECTORY,
            PATH,
            Argument.of(Constants::statxFlags),
            flags(Constants.STATX),
            STATX));
  }

  private static String times(TracedCall call, long address) {
    return address == 0
        ? "NULL"
        : "[%s, %s]"
            .formatted(Structures.timespec(call, address), Structures.timespec(call, address + 16));
  }

  private static void addNames(Map<Long, CallFormat> formats) {
    formats.put(
        33L,
        CallFormat.of(
            "mknodat",
            DIRECTORY,
            PATH,
            Argument.of(Constants::mode),
            when((call, index) -> isDevice(call.argument(index - 1)), DEVICE)));
    formats.put(34L, CallFormat.of("mkdirat", DIRECTORY, PATH, MODE));
    formats.put(35L, CallFormat.of("unlinkat", DIRECTORY, PATH, flags(Constants.AT_REMOVE)));
    formats.put(36L, CallFormat.of("symlinkat", PATH, DIRECTORY, PATH));
    formats.put(
        37L, CallFormat.of("linkat", DIRECTORY, PATH, DIRECTORY, PATH, flags(Constants.AT)));
    formats.put(
        276L,
        CallFormat.of("renameat2", DIRECTORY, PATH, DIRECTORY, PATH, flags(Constants.RENAME)));
    formats.put(279L, CallFormat.of("memfd_create", PATH, flags(Constants.MFD)));
    formats.put(166L, CallFormat.of("umask", MODE).returning(FileFormats::mask));
    formats.put(285L, CallFormat.of("copy_file_range", INT, POINTER, INT, POINTER, SIZE, UNSIGNED));
  }

  private static boolean isDevice(long mode) {
    return (mode & S_IFMT) == S_IFCHR || (mode & S_IFMT) == S_IFBLK;
  }

  private static String mask(TracedCall call) {
    return Constants.permissions(call.result().orElseThrow());
  }
}
