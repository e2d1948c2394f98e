package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The signal actions of a process, as in {@code sighand_struct}; processes share them after {@code
 * clone} with CLONE_SIGHAND. Guarded by the lock of the {@link ProcessTable}.
 */
final class SignalActions {
  private final Map<Signal, Disposition> dispositions = new EnumMap<>(Signal.class);

  /** Returns an independent copy. */
  SignalActions copy() {
    SignalActions copy = new SignalActions();
    copy.dispositions.putAll(dispositions);
    return copy;
  }

  Disposition of(Signal signal) {
    return dispositions.getOrDefault(signal, Disposition.DEFAULT);
  }

  /** Returns the previous disposition. */
  Disposition set(Signal signal, Disposition disposition) {
    Disposition former = of(signal);
    dispositions.put(signal, disposition);
    return former;
  }

  /** Returns the signals that the process has set to be ignored. */
  Set<Signal> ignored() {
    return having(Disposition.Ignore.class::isInstance);
  }

  /** Returns the signals that have a handler. */
  Set<Signal> caught() {
    return having(SignalActions::isHandler);
  }

  private static boolean isHandler(Disposition disposition) {
    return switch (disposition) {
      case Disposition.Handle java -> true;
      case Disposition.Action machine -> true;
      case Disposition.Ignore ignore -> false;
      case Disposition.Default byDefault -> false;
    };
  }

  private Set<Signal> having(Predicate<Disposition> kind) {
    return dispositions.entrySet().stream()
        .filter(each -> kind.test(each.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Returns whether ended children stay until they are waited for. */
  boolean keepChildren() {
    return switch (of(Signal.SIGCHLD)) {
      case Disposition.Ignore ignore -> false;
      case Disposition.Action action -> !action.has(Disposition.Action.SA_NOCLDWAIT);
      case Disposition.Handle java -> true;
      case Disposition.Default byDefault -> true;
    };
  }

  /** Returns whether SIGCHLD is also sent when a child stops or continues. */
  boolean hearOfStops() {
    return !(of(Signal.SIGCHLD) instanceof Disposition.Action action
        && action.has(Disposition.Action.SA_NOCLDSTOP));
  }

  /** Resets the handlers for a new program; ignored signals stay ignored. */
  void forgetHandlers() {
    dispositions.values().removeIf(SignalActions::isHandler);
  }
}
