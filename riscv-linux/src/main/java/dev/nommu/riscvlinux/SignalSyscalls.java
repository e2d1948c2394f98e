package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.riscvlinux.GuestSignals.Action;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** The calls about signals. */
final class SignalSyscalls {
  private static final int A0 = 10;
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;
  private static final int SIGACTION = 24;
  private static final long SIGSET = 8;
  private static final int SIG_BLOCK = 0;
  private static final int SIG_UNBLOCK = 1;
  private static final int SIG_SETMASK = 2;

  /** read, write, readv, writev, ioctl, wait4, futex and openat: others end with EINTR. */
  private static final Set<Long> RESTARTED = Set.of(63L, 64L, 65L, 66L, 29L, 260L, 98L, 56L);

  private SignalSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(129, "kill", SignalSyscalls::kill)
        .add(130, "tkill", (g, a) -> kill(g, a))
        .add(131, "tgkill", (g, a) -> kill(g, new long[] {a[0], a[2]}))
        .add(134, "rt_sigaction", SignalSyscalls::sigaction)
        .add(135, "rt_sigprocmask", SignalSyscalls::sigprocmask)
        .add(136, "rt_sigpending", SignalSyscalls::sigpending)
        .add(139, "rt_sigreturn", SignalSyscalls::sigreturn);
  }

  /** Returns whether a call that a signal interrupts is made once more with SA_RESTART. */
  static boolean canRestart(long number) {
    return RESTARTED.contains(number);
  }

  private static long kill(Guest g, long[] a) throws ErrnoException {
    g.task().processes().kill((int) a[0], (int) a[1]);
    return 0;
  }

  private static long sigaction(Guest g, long[] a) throws ErrnoException {
    requireSize(a[3]);
    Signal signal = Signal.ofNumber((int) a[0]);
    MemorySegment former = a[2] == 0 ? MemorySegment.NULL : g.memory().at(a[2], SIGACTION);
    if (a[1] == 0) {
      put(former, g.actions().get(signal));
    } else {
      put(former, g.actions().set(signal, disposition(g.memory().at(a[1], SIGACTION))));
    }
    return 0;
  }

  private static void requireSize(long size) throws ErrnoException {
    if (size != SIGSET) {
      throw new ErrnoException(
          Errno.EINVAL, "signals: expected sets of %d bytes, found %d".formatted(SIGSET, size));
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
    return new Disposition.Handle(
        new Action(handler, action.get(UserSpace.LONG, 8), action.get(UserSpace.LONG, 16)));
  }

  private static void put(MemorySegment into, Disposition disposition) {
    if (into.equals(MemorySegment.NULL)) {
      return;
    }
    Action action =
        switch (disposition) {
          case Disposition.Handle(Action given) -> given;
          case Disposition.Handle java -> new Action(SIG_DFL, 0, 0);
          case Disposition.Default none -> new Action(SIG_DFL, 0, 0);
          case Disposition.Ignore ignored -> new Action(SIG_IGN, 0, 0);
        };
    into.set(UserSpace.LONG, 0, action.handler());
    into.set(UserSpace.LONG, 8, action.flags());
    into.set(UserSpace.LONG, 16, action.mask());
  }

  private static long sigprocmask(Guest g, long[] a) throws ErrnoException {
    requireSize(a[3]);
    long before = g.signals().blocked();
    if (a[1] != 0) {
      long set = g.memory().getLong(a[1]);
      long after =
          switch ((int) a[0]) {
            case SIG_BLOCK -> before | set;
            case SIG_UNBLOCK -> before & ~set;
            case SIG_SETMASK -> set;
            default -> throw new ErrnoException(Errno.EINVAL, "rt_sigprocmask: how " + a[0]);
          };
      g.signals().block(after);
    }
    if (a[2] != 0) {
      g.memory().putLong(a[2], before);
    }
    return 0;
  }

  private static long sigpending(Guest g, long[] a) throws ErrnoException {
    g.task().processes().schedYield();
    g.memory().putLong(a[0], g.signals().pending());
    return 0;
  }

  private static long sigreturn(Guest g, long[] a) throws ErrnoException {
    new SignalFrame(g).pop();
    return g.hart().register(A0);
  }
}
