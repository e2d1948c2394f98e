package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.signal.Signal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The signal numbers of gdb's protocol, some of which differ from Linux's. */
final class GdbSignal {
  /** GDB_SIGNAL_UNKNOWN. */
  private static final int UNKNOWN = 143;

  private static final Map<Signal, Integer> OTHERS =
      Map.ofEntries(
          Map.entry(Signal.SIGBUS, 10),
          Map.entry(Signal.SIGSYS, 12),
          Map.entry(Signal.SIGURG, 16),
          Map.entry(Signal.SIGSTOP, 17),
          Map.entry(Signal.SIGTSTP, 18),
          Map.entry(Signal.SIGCONT, 19),
          Map.entry(Signal.SIGCHLD, 20),
          Map.entry(Signal.SIGIO, 23),
          Map.entry(Signal.SIGUSR1, 30),
          Map.entry(Signal.SIGUSR2, 31),
          Map.entry(Signal.SIGPWR, 32));

  private static final int LAST_EQUAL = 28;

  private static final Map<Integer, Signal> SIGNALS =
      Arrays.stream(Signal.values())
          .filter(each -> number(each) != UNKNOWN)
          .collect(Collectors.toMap(GdbSignal::number, each -> each));

  private GdbSignal() {}

  /** Returns gdb's number for a signal. */
  static int number(Signal signal) {
    Integer other = OTHERS.get(signal);
    if (other != null) {
      return other;
    }
    return signal.number() <= LAST_EQUAL && !isTaken(signal.number()) ? signal.number() : UNKNOWN;
  }

  private static boolean isTaken(int number) {
    return OTHERS.containsValue(number);
  }

  /** Returns the signal for gdb's number. */
  static Optional<Signal> of(int number) {
    return Optional.ofNullable(SIGNALS.get(number));
  }
}
