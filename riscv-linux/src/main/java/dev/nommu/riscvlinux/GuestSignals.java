package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The signals of a thread of a program: which are blocked, which wait for being handled, and the
 * frames of their handlers. For the thread of its task.
 */
final class GuestSignals {
  private static final long SA_RESTART = 0x1000_0000L;
  private static final long SA_NODEFER = 0x4000_0000L;
  private static final long SA_RESETHAND = 0x8000_0000L;

  private final Guest guest;
  private final Deque<Raised> raised = new ArrayDeque<>();
  private long blocked;

  /** Whether one came since the last call began. */
  private boolean arrived;

  /**
   * A signal that came.
   *
   * @param code {@code si_code}
   * @param value {@code si_addr} of a fault, else the number and user of who sent it
   */
  record Raised(Signal signal, int code, long value) {
    long bit() {
      return 1L << (signal.number() - 1);
    }
  }

  /**
   * What a program says is to be done about a signal: {@code struct sigaction}.
   *
   * @param handler the address of the handler
   * @param flags SA_…
   * @param mask what is blocked while it runs
   */
  record Action(long handler, long flags, long mask) implements Disposition.Handler {
    boolean has(long flag) {
      return (flags & flag) != 0;
    }

    /** The thread that makes a call hears of the signal; it runs the handler behind the call. */
    @Override
    public void handle(Signal signal) {
      Guest.current().signals().raise(signal);
    }
  }

  GuestSignals(Guest guest, long blocked) {
    this.guest = guest;
    this.blocked = blocked;
  }

  long blocked() {
    return blocked;
  }

  /** SIGKILL and SIGSTOP cannot be blocked. */
  void block(long mask) {
    blocked = mask & ~(1L << (Signal.SIGKILL.number() - 1) | 1L << (Signal.SIGSTOP.number() - 1));
  }

  /** Returns those that came and are blocked. */
  long pending() {
    return raised.stream().mapToLong(Raised::bit).reduce(0, (a, b) -> a | b) & blocked;
  }

  private void raise(Signal signal) {
    Raised fresh = new Raised(signal, SignalFrame.SI_USER, 0);
    arrived = true;
    if (raised.stream().noneMatch(each -> each.signal() == signal)) {
      raised.add(fresh);
    }
  }

  /** Says that a call begins. */
  void beginCall() {
    arrived = false;
  }

  /**
   * Returns whether the call that ended with EINTR is made once more: behind handlers that have
   * SA_RESTART, and where what came is blocked.
   */
  boolean restarts(long number) {
    return arrived
        && guest.canRestart(number)
        && raised.stream()
            .filter(each -> (each.bit() & blocked) == 0)
            .allMatch(each -> action(each.signal()).filter(a -> a.has(SA_RESTART)).isPresent());
  }

  private Optional<Action> action(Signal signal) {
    return guest.actions().of(signal);
  }

  /** Lets the handlers of what came run next, that of the last one first. */
  void deliver() throws ErrnoException {
    while (true) {
      Optional<Raised> next =
          raised.stream().filter(each -> (each.bit() & blocked) == 0).findFirst();
      if (next.isEmpty()) {
        return;
      }
      raised.remove(next.get());
      Optional<Action> action = action(next.get().signal());
      if (action.isPresent()) {
        handle(next.get(), action.get());
      }
    }
  }

  /**
   * Handles the fault of an instruction, as {@code force_sig_fault}: who has no handler for it, or
   * has blocked it, is killed.
   */
  void force(Signal signal, int code, long address) throws ErrnoException {
    Raised fault = new Raised(signal, code, address);
    Optional<Action> action = action(signal);
    if (action.isEmpty() || (fault.bit() & blocked) != 0) {
      guest.tracer().signaled(guest.task(), signal, code, address);
      kill(signal);
    } else {
      handle(fault, action.get());
    }
  }

  private void kill(Signal signal) throws ErrnoException {
    guest.actions().set(signal, Disposition.DEFAULT);
    guest.task().processes().kill(guest.task().pid(), signal);
    throw new ErrnoException(Errno.ESRCH, "killed by " + signal);
  }

  private void handle(Raised signal, Action action) throws ErrnoException {
    guest.tracer().signaled(guest.task(), signal.signal(), signal.code(), signal.value());
    long before = blocked;
    try {
      new SignalFrame(guest).push(signal, action, before);
    } catch (ErrnoException noStack) {
      kill(Signal.SIGSEGV);
    }
    block(before | action.mask() | (action.has(SA_NODEFER) ? 0 : signal.bit()));
    if (action.has(SA_RESETHAND)) {
      guest.actions().set(signal.signal(), Disposition.DEFAULT);
    }
  }
}
