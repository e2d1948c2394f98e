package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Signals that were sent and not yet handled, as in {@code struct sigpending}: the first instance
 * of each, but up to {@value #MOST} of each real-time signal. Guarded by the lock of the {@link
 * ProcessTable}.
 */
final class PendingSignals {
  /** A usual RLIMIT_SIGPENDING. */
  private static final int MOST = 1024;

  private final Map<Signal, Deque<SignalInfo>> infos = new EnumMap<>(Signal.class);

  /** Adds a signal; one already pending is unchanged. */
  void add(SignalInfo info) {
    Deque<SignalInfo> same = infos.computeIfAbsent(info.signal(), signal -> new ArrayDeque<>());
    if (same.isEmpty() || (info.signal().isRealTime() && same.size() < MOST)) {
      same.add(info);
    }
  }

  boolean isEmpty() {
    return infos.isEmpty();
  }

  /** Returns the pending signals. */
  SignalSet set() {
    return SignalSet.of(infos.keySet());
  }

  /** Takes the wanted signal with the lowest number. */
  Optional<SignalInfo> take(Predicate<Signal> wanted) {
    Optional<Signal> first = infos.keySet().stream().filter(wanted).findFirst();
    return first.map(this::takeFirst);
  }

  private SignalInfo takeFirst(Signal signal) {
    Deque<SignalInfo> same = infos.getOrDefault(signal, new ArrayDeque<>());
    SignalInfo first = same.remove();
    if (same.isEmpty()) {
      infos.remove(signal);
    }
    return first;
  }

  /** Discards some of them. */
  void forget(SignalSet which) {
    infos.keySet().removeIf(which::has);
  }
}
