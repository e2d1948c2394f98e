package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.CaughtSignal;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.task.SignalCalls;
import java.util.Optional;

/** Runs the signal handlers of a program. For the thread of its task. */
final class GuestSignals {
  private static final int A0 = 10;

  private final Guest guest;
  private final SignalCalls calls;
  private AlternateStack stack;

  /** A call that a signal interrupted: the address and first argument to restart it with. */
  record Interrupted(Restart restart, long address, long firstArgument) {}

  GuestSignals(Guest guest, AlternateStack stack) {
    this.guest = guest;
    this.calls = guest.task().processes().signals();
    this.stack = stack;
  }

  SignalSet blocked() {
    return calls.blocked();
  }

  void block(long mask) throws ErrnoException {
    calls.block(new SignalSet(mask));
  }

  AlternateStack stack() {
    return stack;
  }

  void stack(AlternateStack other) {
    stack = other;
  }

  /** Delivers the signals that arrived; the handler of the last one runs first. */
  void deliver(Optional<Interrupted> call) throws ErrnoException {
    Optional<CaughtSignal> next = calls.takeCaught();
    call.filter(each -> each.restart().isDue(next.map(CaughtSignal::action)))
        .ifPresent(this::makeOnceMore);
    for (Optional<CaughtSignal> each = next; each.isPresent(); each = calls.takeCaught()) {
      guest.tracer().signaled(guest.task(), each.get().info());
      handle(each.get());
    }
  }

  private void makeOnceMore(Interrupted call) {
    guest.hart().setRegister(A0, call.firstArgument());
    guest.hart().setPc(call.address());
  }

  /** Raises the signal for an instruction's fault; a program without a handler is killed. */
  void force(Signal signal, int code, long address) throws ErrnoException {
    SignalInfo fault = new SignalInfo(signal, code, new SignalInfo.Fault(address));
    handle(force(fault));
  }

  private CaughtSignal force(SignalInfo fault) throws ErrnoException {
    guest.tracer().signaled(guest.task(), fault);
    return calls.force(fault);
  }

  private void handle(CaughtSignal signal) throws ErrnoException {
    try {
      new SignalFrame(guest).push(signal);
    } catch (ErrnoException noStack) {
      guest.task().processes().sigaction(Signal.SIGSEGV, Disposition.DEFAULT);
      force(new SignalInfo(Signal.SIGSEGV, SignalInfo.SI_KERNEL, new SignalInfo.Fault(0)));
    }
  }
}
