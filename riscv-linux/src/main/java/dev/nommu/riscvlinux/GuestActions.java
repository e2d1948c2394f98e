package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Task;
import dev.nommu.riscvlinux.GuestSignals.Action;
import java.util.Optional;

/** What the process of a thread does about signals, as the kernel keeps it. */
final class GuestActions {
  private final Task task;

  GuestActions(Task task) {
    this.task = task;
  }

  /** Returns what a handler of the program does about a signal; empty without one. */
  Optional<Action> of(Signal signal) {
    return switch (get(signal)) {
      case Disposition.Handle(Action action) -> Optional.of(action);
      case Disposition.Handle java -> Optional.empty();
      case Disposition.Default none -> Optional.empty();
      case Disposition.Ignore ignored -> Optional.empty();
    };
  }

  /** Returns what is done about a signal. */
  Disposition get(Signal signal) {
    return task.processes().sigaction(signal);
  }

  /** Says what is done about a signal; returns what was done before. */
  Disposition set(Signal signal, Disposition disposition) throws ErrnoException {
    return task.processes().sigaction(signal, disposition);
  }
}
