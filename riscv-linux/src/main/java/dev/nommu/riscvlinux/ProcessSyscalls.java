package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Hart;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.task.CloneFlags;
import dev.nommu.kernel.task.Program;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** The calls that create, end and wait for processes and threads. */
final class ProcessSyscalls {
  private static final long CLONE_SETTLS = 0x8_0000;
  private static final long CLONE_PARENT_SETTID = 0x10_0000;
  private static final long CLONE_CHILD_CLEARTID = 0x20_0000;
  private static final long CLONE_CHILD_SETTID = 0x100_0000;
  private static final long CSIGNAL = 0xff;
  private static final int ROBUST_LIST_HEAD = 24;

  private ProcessSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(92, "personality", (g, a) -> g.task().processes().personality(a[0]))
        .add(93, "exit", ProcessSyscalls::exit)
        .add(94, "exit_group", ProcessSyscalls::exitGroup)
        .add(95, "waitid", ProcessSyscalls::waitid)
        .add(96, "set_tid_address", ProcessSyscalls::setTidAddress)
        .add(98, "futex", ProcessSyscalls::futex)
        .add(99, "set_robust_list", ProcessSyscalls::setRobustList)
        .add(100, "get_robust_list", ProcessSyscalls::getRobustList)
        .add(117, "ptrace", (g, a) -> g.task().ptrace().ptrace((int) a[0], (int) a[1], a[2], a[3]))
        .add(124, "sched_yield", ProcessSyscalls::schedYield)
        .add(154, "setpgid", ProcessSyscalls::setpgid)
        .add(155, "getpgid", (g, a) -> g.task().processes().sessions().getpgid((int) a[0]))
        .add(156, "getsid", (g, a) -> g.task().processes().sessions().getsid((int) a[0]))
        .add(157, "setsid", (g, a) -> g.task().processes().sessions().setsid())
        .add(172, "getpid", (g, a) -> g.task().pid())
        .add(173, "getppid", (g, a) -> g.task().processes().getppid())
        .add(178, "gettid", (g, a) -> g.task().tid())
        .add(220, "clone", ProcessSyscalls::clone)
        .add(221, "execve", ProcessSyscalls::execve)
        .add(260, "wait4", ProcessSyscalls::wait4)
        .add(261, "prlimit64", ProcessSyscalls::prlimit);
  }

  private static long exit(Guest g, long[] a) {
    g.task().processes().exitThread((int) a[0]);
    return 0;
  }

  private static long exitGroup(Guest g, long[] a) {
    g.task().exit((int) a[0]);
    return 0;
  }

  private static long setTidAddress(Guest g, long[] a) {
    g.task().processes().clearChildId(a[0]);
    return g.task().tid();
  }

  private static long futex(Guest g, long[] a) throws ErrnoException {
    return g.task().ipc().futex(a[0], (int) a[1], (int) a[2], a[3], a[4], (int) a[5]);
  }

  private static long setRobustList(Guest g, long[] a) throws ErrnoException {
    if (a[1] != ROBUST_LIST_HEAD) {
      throw new ErrnoException(
          Errno.EINVAL,
          "set_robust_list: expected %d bytes, found %d".formatted(ROBUST_LIST_HEAD, a[1]));
    }
    g.task().ipc().robustList(a[0]);
    return 0;
  }

  private static long getRobustList(Guest g, long[] a) throws ErrnoException {
    if (a[0] != 0 && a[0] != g.task().tid()) {
      throw new ErrnoException(Errno.EPERM, "get_robust_list of another thread is not permitted");
    }
    g.memory().putLong(a[2], ROBUST_LIST_HEAD);
    g.memory().putLong(a[1], g.task().ipc().robustList());
    return 0;
  }

  private static long setpgid(Guest g, long[] a) throws ErrnoException {
    g.task().processes().sessions().setpgid((int) a[0], (int) a[1]);
    return 0;
  }

  private static long schedYield(Guest g, long[] a) throws ErrnoException {
    g.task().processes().schedYield();
    return 0;
  }

  /** Arguments on riscv: flags, stack, parent's TID, TLS, child's TID. */
  private static long clone(Guest g, long[] a) throws ErrnoException {
    long flags = a[0];
    long stack = a[1];
    long childId = a[4];
    long threadPointer = a[3];
    Hart registers = g.hart().copy(g.task().processorMemory());
    boolean ownStack =
        (flags & (CloneFlags.CLONE_VM | CloneFlags.CLONE_VFORK)) == CloneFlags.CLONE_VM;
    AlternateStack alternate = ownStack ? AlternateStack.NONE : g.signals().stack();
    Program program =
        child -> {
          Guest guest = g.cloned(child, registers, alternate, stack);
          if ((flags & CLONE_SETTLS) != 0) {
            guest.setThreadPointer(threadPointer);
          }
          if ((flags & CLONE_CHILD_SETTID) != 0) {
            guest.memory().putIfThere(childId, child.tid());
          }
          if ((flags & CLONE_CHILD_CLEARTID) != 0) {
            child.processes().clearChildId(childId);
          }
          return guest.run();
        };
    return g.task()
        .processes()
        .clone(flags & ~CSIGNAL, program, tid -> tellParent(g, flags, a[2], tid))
        .tid();
  }

  private static void tellParent(Guest g, long flags, long address, int tid) {
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      g.memory().putIfThere(address, tid);
    }
  }

  private static long execve(Guest g, long[] a) throws ErrnoException {
    String path = g.memory().path(a[0]);
    List<String> arguments = g.memory().texts(a[1]);
    List<String> environment = g.memory().texts(a[2]);
    g.task().processes().executeToRun(path, arguments, environment);
    return 0;
  }

  private static long wait4(Guest g, long[] a) throws ErrnoException {
    g.memory().optional(a[1], Integer.BYTES);
    g.memory().optional(a[3], SystemSyscalls.RUSAGE);
    Optional<WaitResult> found = g.task().processes().waitpid((int) a[0], (int) a[2]);
    if (found.isPresent() && a[1] != 0) {
      g.memory().putInt(a[1], found.get().status().raw());
    }
    if (found.isPresent() && a[3] != 0) {
      SystemSyscalls.putUsage(g, a[3], found.get().cpuTime());
    }
    return found.map(WaitResult::pid).orElse(0);
  }

  private static long waitid(Guest g, long[] a) throws ErrnoException {
    MemorySegment info = orNothing(g, a[2], SignalFrame.SIGINFO);
    MemorySegment usage = orNothing(g, a[4], SystemSyscalls.RUSAGE);
    Optional<SignalInfo> found =
        g.task().processes().waits().waitid((int) a[0], (int) a[1], (int) a[3]);
    usage.fill((byte) 0);
    info.fill((byte) 0);
    if (found.isPresent() && a[2] != 0) {
      SignalFrame.fillInfo(info, found.get());
    }
    return 0;
  }

  private static MemorySegment orNothing(Guest g, long address, long length) throws ErrnoException {
    return g.memory().at(address, address == 0 ? 0 : length);
  }

  private static long prlimit(Guest g, long[] a) throws ErrnoException {
    if (a[0] != 0 && a[0] != g.task().pid()) {
      throw new ErrnoException(Errno.ENOSYS, "prlimit of another process is not implemented");
    }
    Limit limit = Limit.of((int) a[1]);
    if (a[2] != 0 && limit != Limit.DATA && !limit.isSaidBy(g.memory(), a[2])) {
      throw new ErrnoException(
          Errno.EPERM, "prlimit: the limit %s cannot be changed".formatted(limit));
    }
    long asked = a[2] == 0 ? 0 : g.memory().getLong(a[2]);
    if (a[3] != 0) {
      limit.put(g.memory(), a[3]);
    }
    if (a[2] != 0 && limit == Limit.DATA) {
      g.task().processes().limitData(asked);
    }
    return 0;
  }
}
