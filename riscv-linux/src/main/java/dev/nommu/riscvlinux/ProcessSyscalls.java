package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Hart;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.task.CloneFlags;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import java.util.List;
import java.util.Optional;

/** The calls that make, end and await processes and threads. */
final class ProcessSyscalls {
  private static final long CLONE_SETTLS = 0x8_0000;
  private static final long CLONE_PARENT_SETTID = 0x10_0000;
  private static final long CLONE_CHILD_CLEARTID = 0x20_0000;
  private static final long CLONE_CHILD_SETTID = 0x100_0000;
  private static final long CSIGNAL = 0xff;
  private static final int RLIMIT_DATA = 2;
  private static final int RLIMIT_NOFILE = 7;
  private static final int RUSAGE = 144;

  /** RLIMIT_NOFILE of a process that nobody has given another one. */
  private static final long FILES = 1024;

  private ProcessSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(92, "personality", (g, a) -> g.task().processes().personality(a[0]))
        .add(93, "exit", ProcessSyscalls::exit)
        .add(94, "exit_group", ProcessSyscalls::exitGroup)
        .add(96, "set_tid_address", ProcessSyscalls::setTidAddress)
        .add(98, "futex", ProcessSyscalls::futex)
        .add(117, "ptrace", (g, a) -> g.task().ptrace().ptrace((int) a[0], (int) a[1], a[2], a[3]))
        .add(124, "sched_yield", ProcessSyscalls::schedYield)
        .add(172, "getpid", (g, a) -> g.task().pid())
        .add(173, "getppid", (g, a) -> g.task().processes().getppid())
        .add(178, "gettid", (g, a) -> g.task().tid())
        .add(220, "clone", ProcessSyscalls::clone)
        .add(221, "execve", ProcessSyscalls::execve)
        .add(260, "wait4", ProcessSyscalls::wait4)
        .add(261, "prlimit64", ProcessSyscalls::prlimit);
  }

  private static long exit(Guest g, long[] a) {
    g.clearChildId();
    if (g.task().tid() != g.task().pid()) {
      g.task().processes().exitThread();
    }
    g.task().exit((int) a[0]);
    return 0;
  }

  private static long exitGroup(Guest g, long[] a) {
    g.task().exit((int) a[0]);
    return 0;
  }

  private static long setTidAddress(Guest g, long[] a) {
    g.clearAtEnd(a[0]);
    return g.task().tid();
  }

  private static long futex(Guest g, long[] a) throws ErrnoException {
    return g.task().ipc().futex(a[0], (int) a[1], (int) a[2], a[3], a[4], (int) a[5]);
  }

  private static long schedYield(Guest g, long[] a) throws ErrnoException {
    g.task().processes().schedYield();
    return 0;
  }

  /** Arguments of riscv: flags, stack, parent's id, TLS, child's id. */
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
            guest.clearAtEnd(childId);
          }
          return guest.run();
        };
    Task child = g.task().processes().clone(flags & ~CSIGNAL, program);
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      g.memory().putIfThere(a[2], child.tid());
    }
    return child.tid();
  }

  private static long execve(Guest g, long[] a) throws ErrnoException {
    String path = g.memory().path(a[0]);
    List<String> arguments = g.memory().texts(a[1]);
    List<String> environment = g.memory().texts(a[2]);
    g.task().processes().executeToRun(path, arguments, environment);
    return 0;
  }

  private static long wait4(Guest g, long[] a) throws ErrnoException {
    if (a[1] != 0) {
      g.memory().at(a[1], Integer.BYTES);
    }
    Optional<WaitResult> found = g.task().processes().waitpid((int) a[0], (int) a[2]);
    if (found.isPresent() && a[1] != 0) {
      g.memory().putInt(a[1], found.get().status().raw());
    }
    if (a[3] != 0) {
      g.memory().at(a[3], RUSAGE).fill((byte) 0);
    }
    return found.map(WaitResult::pid).orElse(0);
  }

  private static long prlimit(Guest g, long[] a) throws ErrnoException {
    if (a[0] != 0 && a[0] != g.task().pid()) {
      throw new ErrnoException(Errno.ENOSYS, "prlimit of another process is not there");
    }
    if (a[3] != 0) {
      long limit = a[1] == RLIMIT_NOFILE ? FILES : -1;
      g.memory().putLong(a[3], limit);
      g.memory().putLong(a[3] + Long.BYTES, limit);
    }
    if (a[2] != 0) {
      if (a[1] != RLIMIT_DATA) {
        throw new ErrnoException(Errno.EPERM, "prlimit: limit %d is fixed".formatted(a[1]));
      }
      g.task().processes().limitData(g.memory().getLong(a[2]));
    }
    return 0;
  }
}
