package dev.nommu.riscvlinux.strace;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;

/** Signals, and how a task ended. */
final class SignalText {
  private SignalText() {}

  /** Returns a signal with its siginfo. */
  static String of(SignalInfo info) {
    return "%s {si_signo=%s, si_code=%s, %s}"
        .formatted(info.signal(), info.signal(), code(info), origin(info.origin()));
  }

  private static String code(SignalInfo info) {
    boolean ofItsOwn = !(info.origin() instanceof SignalInfo.Sender);
    Names codes =
        ofItsOwn
            ? Constants.FAULT_CODE.getOrDefault(info.signal(), Constants.SIGNAL_CODE)
            : Constants.SIGNAL_CODE;
    return codes.value(info.code());
  }

  private static String origin(SignalInfo.Origin origin) {
    return switch (origin) {
      case SignalInfo.Fault(long address) -> "si_addr=" + Argument.pointer(address);
      case SignalInfo.Sender(int pid, int uid, long _) ->
          "si_pid=%d, si_uid=%d".formatted(pid, uid);
      case SignalInfo.Child(int pid, int uid, int status) ->
          "si_pid=%d, si_uid=%d, si_status=%d, si_utime=0, si_stime=0".formatted(pid, uid, status);
    };
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
