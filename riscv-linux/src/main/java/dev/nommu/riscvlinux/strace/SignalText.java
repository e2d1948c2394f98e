package dev.nommu.riscvlinux.strace;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.EnumSet;
import java.util.Set;

/** Signals, and how a task ended. */
final class SignalText {
  private static final Set<Signal> FAULTS =
      EnumSet.of(Signal.SIGILL, Signal.SIGTRAP, Signal.SIGSEGV, Signal.SIGBUS);

  private SignalText() {}

  /**
   * Returns a signal with its siginfo.
   *
   * @param code {@code si_code}
   * @param value {@code si_addr} of a fault, else {@code si_pid}
   */
  static String of(Signal signal, int code, long value) {
    boolean fault = FAULTS.contains(signal) && code > 0;
    Names codes =
        fault || signal == Signal.SIGCHLD
            ? Constants.FAULT_CODE.getOrDefault(signal, Constants.SIGNAL_CODE)
            : Constants.SIGNAL_CODE;
    String from =
        fault ? "si_addr=" + Argument.pointer(value) : "si_pid=%d, si_uid=0".formatted(value);
    return "%s {si_signo=%s, si_code=%s, %s}".formatted(signal, signal, codes.value(code), from);
  }

  /** Returns how a task ended. */
  static String end(WaitStatus status) {
    return switch (status) {
      case WaitStatus.Exited(int code) -> "exited with " + code;
      case WaitStatus.Signaled(Signal signal) -> "killed by " + signal;
      case WaitStatus.Stopped _, WaitStatus.Continued _ ->
          throw new IllegalArgumentException("no end: " + status);
    };
  }
}
