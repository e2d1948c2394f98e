package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Disposition.Action;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/** The calls for signals. */
final class SignalSyscalls {
  private static final int SP = 2;
  private static final int A0 = 10;
  private static final int STACK = 24;
  private static final int MINSIGSTKSZ = 2048;
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;
  private static final int SIGACTION = 24;
  private static final long SIGSET = 8;
  private static final int SIG_BLOCK = 0;
  private static final int SIG_UNBLOCK = 1;
  private static final int SIG_SETMASK = 2;

  private SignalSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(129, "kill", SignalSyscalls::kill)
        .add(130, "tkill", (g, a) -> tgkill(g, -1, a[0], a[1]))
        .add(131, "tgkill", SignalSyscalls::tgkillOfProcess)
        .add(132, "sigaltstack", SignalSyscalls::sigaltstack)
        .add(133, "rt_sigsuspend", SignalSyscalls::sigsuspend)
        .add(134, "rt_sigaction", SignalSyscalls::sigaction)
        .add(135, "rt_sigprocmask", SignalSyscalls::sigprocmask)
        .add(136, "rt_sigpending", SignalSyscalls::sigpending)
        .add(137, "rt_sigtimedwait", SignalSyscalls::sigtimedwait)
        .add(138, "rt_sigqueueinfo", SignalSyscalls::sigqueueinfo)
        .add(139, "rt_sigreturn", SignalSyscalls::sigreturn);
  }

  private static long kill(Guest g, long[] a) throws ErrnoException {
    g.task().processes().kill((int) a[0], (int) a[1]);
    return 0;
  }

  private static long tgkillOfProcess(Guest g, long[] a) throws ErrnoException {
    if ((int) a[0] <= 0) {
      throw new ErrnoException(
          Errno.EINVAL, "tgkill: expected a positive process ID, found " + (int) a[0]);
    }
    return tgkill(g, a[0], a[1], a[2]);
  }

  private static long tgkill(Guest g, long pid, long tid, long signal) throws ErrnoException {
    g.task().processes().signals().tgkill((int) pid, (int) tid, (int) signal);
    return 0;
  }

  private static long sigaction(Guest g, long[] a) throws ErrnoException {
    requireSize(a[3]);
    Signal signal = Signal.ofNumber((int) a[0]);
    MemorySegment former = g.memory().optional(a[2], SIGACTION);
    if (a[1] == 0) {
      put(former, g.task().processes().sigaction(signal));
    } else {
      Disposition next = disposition(g.memory().at(a[1], SIGACTION));
      put(former, g.task().processes().sigaction(signal, next));
    }
    return 0;
  }

  private static void requireSize(long size) throws ErrnoException {
    if (size != SIGSET) {
      throw new ErrnoException(
          Errno.EINVAL, "expected a signal set of %d bytes, found %d".formatted(SIGSET, size));
    }
  }

  private static Disposition disposition(MemorySegment action) {
    long handler = action.get(UserSpace.LONG, 0);
    if (handler == SIG_DFL) {
      return Disposition.DEFAULT;
    }
    if (handler == SIG_IGN) {
      return Disposition.IGNORE;
    }
    SignalSet mask = new SignalSet(action.get(UserSpace.LONG, 16));
    return new Action(handler, action.get(UserSpace.LONG, 8), mask);
  }

  private static void put(MemorySegment into, Disposition disposition) {
    if (into.byteSize() == 0) {
      return;
    }
    Action action =
        switch (disposition) {
          case Action given -> given;
          case Disposition.Handle java -> new Action(SIG_DFL, 0, SignalSet.NONE);
          case Disposition.Default none -> new Action(SIG_DFL, 0, SignalSet.NONE);
          case Disposition.Ignore ignored -> new Action(SIG_IGN, 0, SignalSet.NONE);
        };
    into.set(UserSpace.LONG, 0, action.handler());
    into.set(UserSpace.LONG, 8, action.flags());
    into.set(UserSpace.LONG, 16, action.mask().bits());
  }

  private static long sigprocmask(Guest g, long[] a) throws ErrnoException {
    requireSize(a[3]);
    long before = g.signals().blocked().bits();
    if (a[1] != 0) {
      long set = g.memory().getLong(a[1]);
      long after =
          switch ((int) a[0]) {
            case SIG_BLOCK -> before | set;
            case SIG_UNBLOCK -> before & ~set;
            case SIG_SETMASK -> set;
            default ->
                throw new ErrnoException(Errno.EINVAL, "rt_sigprocmask: unknown how " + a[0]);
          };
      g.signals().block(after);
    }
    if (a[2] != 0) {
      g.memory().putLong(a[2], before);
    }
    return 0;
  }

  private static long sigpending(Guest g, long[] a) throws ErrnoException {
    g.memory().putLong(a[0], g.task().processes().signals().pending().bits());
    return 0;
  }

  /** Returns a signal set; EINVAL if the size is wrong. */
  static SignalSet mask(Guest g, long address, long size) throws ErrnoException {
    requireSize(size);
    return new SignalSet(g.memory().getLong(address));
  }

  private static long sigsuspend(Guest g, long[] a) throws ErrnoException {
    g.task().processes().signals().sigsuspend(mask(g, a[0], a[1]));
    return 0;
  }

  private static long sigtimedwait(Guest g, long[] a) throws ErrnoException {
    SignalSet awaited = mask(g, a[0], a[3]);
    Optional<Duration> timeout =
        a[2] == 0 ? Optional.empty() : Optional.of(TimeSyscalls.duration(g, a[2]));
    MemorySegment into = g.memory().optional(a[1], SignalFrame.SIGINFO);
    SignalInfo info = g.task().processes().signals().sigtimedwait(awaited, timeout);
    if (a[1] != 0) {
      into.fill((byte) 0);
      SignalFrame.fillInfo(into, info);
    }
    return info.signal().number();
  }

  /**
   * Only to itself may a process send a signal that claims to come from {@code kill} or the kernel.
   */
  private static long sigqueueinfo(Guest g, long[] a) throws ErrnoException {
    MemorySegment info = g.memory().at(a[2], SignalFrame.SIGINFO);
    int code = info.get(UserSpace.INT, 8);
    if ((code >= 0 || code == SignalInfo.SI_TKILL) && a[0] != g.task().pid()) {
      throw new ErrnoException(Errno.EPERM, "rt_sigqueueinfo to another process: si_code " + code);
    }
    SignalInfo.Sender sender =
        new SignalInfo.Sender(
            info.get(UserSpace.INT, 16), info.get(UserSpace.INT, 20), info.get(UserSpace.LONG, 24));
    Signal signal = Signal.ofNumber((int) a[1]);
    g.task().processes().signals().sigqueue((int) a[0], new SignalInfo(signal, code, sender));
    return 0;
  }

  private static long sigaltstack(Guest g, long[] a) throws ErrnoException {
    AlternateStack before = g.signals().stack();
    long stackPointer = g.hart().register(SP);
    MemorySegment former = g.memory().optional(a[1], STACK);
    if (a[0] != 0) {
      g.signals().stack(stack(g.memory().at(a[0], STACK), before, stackPointer));
    }
    if (a[1] != 0) {
      former.set(UserSpace.LONG, 0, before.address());
      former.set(UserSpace.INT, 8, before.told(stackPointer));
      former.set(UserSpace.LONG, 16, before.size());
    }
    return 0;
  }

  private static AlternateStack stack(MemorySegment from, AlternateStack before, long stackPointer)
      throws ErrnoException {
    int flags = from.get(UserSpace.INT, 8);
    int mode = flags & ~AlternateStack.SS_AUTODISARM;
    long size = from.get(UserSpace.LONG, 16);
    if (before.size() != 0 && before.holds(stackPointer) && !before.disarms()) {
      throw new ErrnoException(
          Errno.EPERM, "sigaltstack: a handler is running on the alternate stack");
    }
    if (mode == AlternateStack.SS_DISABLE) {
      return new AlternateStack(0, 0, flags);
    }
    if (mode != 0 && mode != AlternateStack.SS_ONSTACK) {
      throw new ErrnoException(Errno.EINVAL, "sigaltstack: unknown flags 0x%x".formatted(flags));
    }
    if (size < MINSIGSTKSZ) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "sigaltstack of %d bytes: expected %d or more".formatted(size, MINSIGSTKSZ));
    }
    return new AlternateStack(from.get(UserSpace.LONG, 0), size, flags);
  }

  private static long sigreturn(Guest g, long[] a) throws ErrnoException {
    new SignalFrame(g).pop();
    return g.hart().register(A0);
  }
}
