package dev.nommu.riscvlinux.strace;

import static dev.nommu.riscvlinux.strace.Kinds.HEX;
import static dev.nommu.riscvlinux.strace.Kinds.INT;
import static dev.nommu.riscvlinux.strace.Kinds.OWNER;
import static dev.nommu.riscvlinux.strace.Kinds.PATH;
import static dev.nommu.riscvlinux.strace.Kinds.POINTER;
import static dev.nommu.riscvlinux.strace.Kinds.SIGNAL;
import static dev.nommu.riscvlinux.strace.Kinds.SIZE;
import static dev.nommu.riscvlinux.strace.Kinds.filled;
import static dev.nommu.riscvlinux.strace.Kinds.flags;
import static dev.nommu.riscvlinux.strace.Kinds.in;
import static dev.nommu.riscvlinux.strace.Kinds.out;
import static dev.nommu.riscvlinux.strace.Kinds.value;
import static dev.nommu.riscvlinux.strace.Kinds.when;

import java.util.Map;
import java.util.StringJoiner;

/** The formats of calls for memory, processes, signals and time. */
final class TaskFormats {
  private static final long MREMAP_FIXED_OR_DONTUNMAP = 6;
  private static final long CLONE_SETTLS = 0x8_0000;
  private static final long CLONE_PARENT_SETTID = 0x10_0000;
  private static final long CLONE_CHILD_TID = 0x20_0000 | 0x100_0000;
  private static final long CSIGNAL = 0xff;
  private static final int FUTEX_PRIVATE_FLAG = 128;
  private static final int FUTEX_CLOCK_REALTIME = 256;

  /** The offset in a {@code struct rt_sigframe}, after siginfo. */
  private static final int UC_SIGMASK = 128 + 40;

  private static final int IPC_PRIVATE = 0;

  /** The frame of the handler is at the stack pointer. */
  private static final Argument RETURNED_MASK =
      new Argument.In((call, index) ->
          "{mask=%s}".formatted(Structures.signals(call, call.stackPointer() + UC_SIGMASK)));

  private TaskFormats() {}

  static void addTo(Map<Long, CallFormat> formats) {
    addMemory(formats);
    addShared(formats);
    addProcesses(formats);
    addWaits(formats);
    addGroups(formats);
    addSignals(formats);
    addTime(formats);
    addSystem(formats);
  }

  private static String address(TracedCall call) {
    return "0x" + Long.toHexString(call.result().orElseThrow());
  }

  private static void addMemory(Map<Long, CallFormat> formats) {
    formats.put(214L, CallFormat.of("brk", POINTER).returning(TaskFormats::address));
    formats.put(215L, CallFormat.of("munmap", POINTER, SIZE));
    formats.put(
        216L,
        CallFormat.of(
                "mremap",
                POINTER,
                SIZE,
                SIZE,
                flags(Constants.MREMAP),
                when(
                    (call, index) -> (call.argument(index - 1) & MREMAP_FIXED_OR_DONTUNMAP) != 0,
                    POINTER))
            .returning(TaskFormats::address));
    formats.put(
        222L,
        CallFormat.of(
                "mmap", POINTER, SIZE, flags(Constants.PROT), Argument.of(Constants::map), INT, HEX)
            .returning(TaskFormats::address));
    formats.put(226L, CallFormat.of("mprotect", POINTER, SIZE, flags(Constants.PROT)));
    formats.put(227L, CallFormat.of("msync", POINTER, SIZE, flags(Constants.MSYNC)));
    formats.put(228L, CallFormat.of("mlock", POINTER, SIZE));
    formats.put(229L, CallFormat.of("munlock", POINTER, SIZE));
    formats.put(230L, CallFormat.of("mlockall", flags(Constants.MCL)));
    formats.put(231L, CallFormat.of("munlockall"));
    formats.put(232L, CallFormat.of("mincore", POINTER, SIZE, POINTER));
    formats.put(233L, CallFormat.of("madvise", POINTER, SIZE, value(Constants.MADVISE)));
    formats.put(
        234L, CallFormat.of("remap_file_pages", POINTER, SIZE, flags(Constants.PROT), SIZE, HEX));
    formats.put(
        259L, CallFormat.of("riscv_flush_icache", POINTER, POINTER, flags(Constants.FLUSH_ICACHE)));
  }

  private static void addShared(Map<Long, CallFormat> formats) {
    formats.put(
        194L,
        CallFormat.of(
            "shmget",
            Argument.of(
                key -> (int) key == IPC_PRIVATE ? "IPC_PRIVATE" : "0x%x".formatted((int) key)),
            SIZE,
            Argument.of(TaskFormats::sharedFlags)));
    formats.put(195L, CallFormat.of("shmctl", INT, value(Constants.SHM_CONTROL), POINTER));
    formats.put(
        196L,
        CallFormat.of("shmat", INT, POINTER, flags(Constants.SHM)).returning(TaskFormats::address));
    formats.put(197L, CallFormat.of("shmdt", POINTER));
  }

  private static String sharedFlags(long flags) {
    String permissions = Constants.permissions(flags & 0777);
    long rest = flags & ~0777L;
    return rest == 0 ? permissions : Constants.IPC.bits(rest) + "|" + permissions;
  }

  private static void addProcesses(Map<Long, CallFormat> formats) {
    formats.put(
        92L,
        CallFormat.of("personality", Argument.of(AccountText::personality))
            .returning(call -> AccountText.oldPersonality(call.result().orElseThrow())));
    formats.put(93L, CallFormat.of("exit", INT));
    formats.put(94L, CallFormat.of("exit_group", INT));
    formats.put(96L, CallFormat.of("set_tid_address", POINTER));
    formats.put(98L, CallFormat.of("futex", POINTER, in((call, a) -> futex(call))));
    formats.put(99L, CallFormat.of("set_robust_list", POINTER, SIZE));
    formats.put(100L, CallFormat.of("get_robust_list", INT, POINTER, POINTER));
    formats.put(117L, CallFormat.of("ptrace", value(Constants.PTRACE), INT, POINTER, POINTER));
    formats.put(124L, CallFormat.of("sched_yield"));
    formats.put(220L, CallFormat.of("clone", in((call, a) -> clone(call))));
    formats.put(
        221L, CallFormat.of("execve", PATH, in(Structures::texts), in(Structures::counted)));
    formats.put(
        261L,
        CallFormat.of(
            "prlimit64",
            INT,
            value(Constants.RLIMIT),
            in(Structures::rlimit),
            out(Structures::rlimit)));
  }

  private static void addWaits(Map<Long, CallFormat> formats) {
    formats.put(
        260L,
        CallFormat.of(
            "wait4",
            INT,
            out(TaskFormats::waited),
            flags(Constants.WAIT),
            out(TaskFormats::waitedUsage)));
    formats.put(
        95L,
        CallFormat.of(
            "waitid",
            value(Constants.WAIT_TYPE),
            INT,
            out(SignalText::ofChild),
            flags(Constants.WAIT),
            POINTER));
  }

  private static String waited(TracedCall call, long address) {
    return call.result().orElse(0L) == 0
        ? Argument.pointer(address)
        : Structures.waitStatus(call, address);
  }

  private static String waitedUsage(TracedCall call, long address) {
    return call.result().orElse(0L) == 0
        ? Argument.pointer(address)
        : AccountText.usage(call, address);
  }

  /** The arguments after the address depend on the operation. */
  private static String futex(TracedCall call) {
    int operation = (int) call.argument(1);
    StringJoiner words = new StringJoiner(", ");
    String name = Constants.FUTEX.value(operation & 0x7f);
    name += (operation & FUTEX_PRIVATE_FLAG) != 0 ? "_PRIVATE" : "";
    name += (operation & FUTEX_CLOCK_REALTIME) != 0 ? "|FUTEX_CLOCK_REALTIME" : "";
    words.add(name);
    long value = call.argument(2) & 0xffff_ffffL;
    switch (operation & 0x7f) {
      case 0 -> words.add("" + value).add(Structures.timespec(call, call.argument(3)));
      case 1 -> words.add("" + value);
      case 3 -> words.add("" + value).add("" + call.argument(3)).add(pointer(call, 4));
      case 4, 5 ->
          words
              .add("" + value)
              .add("" + call.argument(3))
              .add(pointer(call, 4))
              .add("" + (call.argument(5) & 0xffff_ffffL));
      case 9 ->
          words
              .add("" + value)
              .add(Structures.timespec(call, call.argument(3)))
              .add("NULL")
              .add(bitset(call));
      case 10 -> words.add("" + value).add("NULL").add("NULL").add(bitset(call));
      case 6, 13 -> words.add(Structures.timespec(call, call.argument(3)));
      default -> {}
    }
    return words.toString();
  }

  private static String pointer(TracedCall call, int index) {
    return Argument.pointer(call.argument(index));
  }

  private static String bitset(TracedCall call) {
    long bits = call.argument(5) & 0xffff_ffffL;
    return bits == 0xffff_ffffL ? "FUTEX_BITSET_MATCH_ANY" : "0x" + Long.toHexString(bits);
  }

  /** Arguments on riscv: flags, stack, parent's TID, TLS, child's TID. */
  private static String clone(TracedCall call) {
    long flags = call.argument(0);
    StringJoiner words = new StringJoiner(", ");
    words.add("child_stack=" + pointer(call, 1));
    long signal = flags & CSIGNAL;
    String bits = (flags & ~CSIGNAL) == 0 ? "" : Constants.CLONE.bits(flags & ~CSIGNAL);
    String its = signal == 0 ? "" : Constants.signal(signal);
    words.add("flags=" + bits + (bits.isEmpty() || its.isEmpty() ? "" : "|") + its);
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      words.add("parent_tid=" + pointer(call, 2));
    }
    if ((flags & CLONE_SETTLS) != 0) {
      words.add("tls=" + pointer(call, 3));
    }
    if ((flags & CLONE_CHILD_TID) != 0) {
      words.add("child_tidptr=" + pointer(call, 4));
    }
    return words.toString();
  }

  private static void addGroups(Map<Long, CallFormat> formats) {
    formats.put(144L, CallFormat.of("setgid", OWNER));
    formats.put(146L, CallFormat.of("setuid", OWNER));
    formats.put(154L, CallFormat.of("setpgid", INT, INT));
    formats.put(155L, CallFormat.of("getpgid", INT));
    formats.put(156L, CallFormat.of("getsid", INT));
    formats.put(157L, CallFormat.of("setsid"));
    formats.put(172L, CallFormat.of("getpid"));
    formats.put(173L, CallFormat.of("getppid"));
    formats.put(174L, CallFormat.of("getuid"));
    formats.put(175L, CallFormat.of("geteuid"));
    formats.put(176L, CallFormat.of("getgid"));
    formats.put(177L, CallFormat.of("getegid"));
    formats.put(178L, CallFormat.of("gettid"));
  }

  private static void addSignals(Map<Long, CallFormat> formats) {
    formats.put(129L, CallFormat.of("kill", INT, SIGNAL));
    formats.put(130L, CallFormat.of("tkill", INT, SIGNAL));
    formats.put(131L, CallFormat.of("tgkill", INT, INT, SIGNAL));
    formats.put(132L, CallFormat.of("sigaltstack", POINTER, POINTER));
    formats.put(133L, CallFormat.of("rt_sigsuspend", in(Structures::signals), SIZE));
    formats.put(
        134L,
        CallFormat.of(
            "rt_sigaction", SIGNAL, in(Structures::action), out(Structures::action), SIZE));
    formats.put(
        135L,
        CallFormat.of(
            "rt_sigprocmask",
            value(Constants.SIGMASK),
            in(Structures::signals),
            out(Structures::signals),
            SIZE));
    formats.put(136L, CallFormat.of("rt_sigpending", out(Structures::signals), SIZE));
    formats.put(
        137L,
        CallFormat.of(
            "rt_sigtimedwait", in(Structures::signals), POINTER, in(Structures::timespec), SIZE));
    formats.put(138L, CallFormat.of("rt_sigqueueinfo", INT, SIGNAL, POINTER));
    formats.put(139L, CallFormat.of("rt_sigreturn", RETURNED_MASK));
  }

  private static void addTime(Map<Long, CallFormat> formats) {
    formats.put(
        101L, CallFormat.of("nanosleep", in(Structures::timespec), out(Structures::timespec)));
    formats.put(
        102L, CallFormat.of("getitimer", value(Constants.ITIMER), out(Structures::itimerval)));
    formats.put(
        103L,
        CallFormat.of(
            "setitimer",
            value(Constants.ITIMER),
            in(Structures::itimerval),
            out(Structures::itimerval)));
    formats.put(
        112L, CallFormat.of("clock_settime", value(Constants.CLOCK), in(Structures::timespec)));
    formats.put(
        113L, CallFormat.of("clock_gettime", value(Constants.CLOCK), out(Structures::timespec)));
    formats.put(
        114L, CallFormat.of("clock_getres", value(Constants.CLOCK), out(Structures::timespec)));
    formats.put(
        115L,
        CallFormat.of(
            "clock_nanosleep",
            value(Constants.CLOCK),
            flags(Constants.TIMER),
            in(Structures::timespec),
            out(Structures::timespec)));
    formats.put(169L, CallFormat.of("gettimeofday", out(Structures::timeval), POINTER));
    formats.put(153L, CallFormat.of("times", out(AccountText::times)));
  }

  private static void addSystem(Map<Long, CallFormat> formats) {
    formats.put(160L, CallFormat.of("uname", out(Structures::uname)));
    formats.put(123L, CallFormat.of("sched_getaffinity", INT, SIZE, out(AccountText::processors)));
    formats.put(142L, CallFormat.of("reboot", HEX, HEX, HEX, POINTER));
    formats.put(
        165L,
        CallFormat.of(
            "getrusage",
            Argument.of(who -> Constants.RUSAGE.value(who & 0xffff_ffffL)),
            out(AccountText::usage)));
    formats.put(179L, CallFormat.of("sysinfo", out(AccountText::system)));
    formats.put(278L, CallFormat.of("getrandom", filled(), SIZE, flags(Constants.RANDOM)));
  }
}
