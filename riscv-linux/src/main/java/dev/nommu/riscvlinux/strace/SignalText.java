package dev.nommu.riscvlinux.strace;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Formats signals, and how a task ended. */
final class SignalText {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Bytes of {@code siginfo_t}. */
  private static final int SIGINFO = 128;

  private SignalText() {}

  /** Returns a signal with its siginfo. */
  static String of(SignalInfo info) {
    return info.signal() + " " + siginfo(info);
  }

  private static String siginfo(SignalInfo info) {
    return "{si_signo=%s, si_code=%s%s}".formatted(info.signal(), code(info), origin(info));
  }

  /** Returns the siginfo that {@code waitid} wrote for a child, if it found one. */
  static String ofChild(TracedCall call, long address) {
    return Structures.at(
        call,
        address,
        SIGINFO,
        info -> {
          int signal = info.get(INT, 0);
          SignalInfo.Child child =
              new SignalInfo.Child(info.get(INT, 16), info.get(INT, 20), info.get(INT, 24));
          return signal == 0
              ? "{}"
              : siginfo(new SignalInfo(Signal.SIGCHLD, info.get(INT, 8), child));
        });
  }

  private static String code(SignalInfo info) {
    Names codes =
        info.origin() instanceof SignalInfo.Sender || info.code() == SignalInfo.SI_KERNEL
            ? Constants.SIGNAL_CODE
            : Constants.FAULT_CODE.getOrDefault(info.signal(), Constants.SIGNAL_CODE);
    return codes.value(info.code());
  }

  private static String origin(SignalInfo info) {
    return switch (info.origin()) {
      case SignalInfo.Fault(long address) -> ", si_addr=" + Argument.pointer(address);
      case SignalInfo.Sender _ when info.code() == SignalInfo.SI_KERNEL -> "";
      case SignalInfo.Sender(int pid, int uid, long value) ->
          ", si_pid=%d, si_uid=%d%s".formatted(pid, uid, value(value));
      case SignalInfo.Child(int pid, int uid, int status) ->
          ", si_pid=%d, si_uid=%d, si_status=%d, si_utime=0, si_stime=0"
              .formatted(pid, uid, status);
    };
  }

  private static String value(long value) {
    return value == 0 ? "" : ", si_int=%d, si_ptr=0x%x".formatted((int) value, value);
  }

  /** Returns how a task ended. */
  static String end(WaitStatus status) {
    return switch (status) {
      case WaitStatus.Exited(int code) -> "exited with " + code;
      case WaitStatus.Signaled(Signal signal) -> "killed by " + signal;
      case WaitStatus.Stopped _, WaitStatus.Continued _ ->
          throw new IllegalArgumentException("expected an end of a task, found " + status);
    };
  }
}
