package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.CaughtSignal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import java.lang.ScopedValue.CallableOp;
import java.util.Optional;
import java.util.function.Supplier;

/** The signals of a process as one of its threads sees them. Thread-safe. */
public final class MemberSignals {
  private final ProcessTable table;
  private final ProcessSignals signals;
  private final Member self;

  MemberSignals(ProcessTable table, ProcessSignals signals, Member self) {
    this.table = table;
    this.signals = signals;
    this.self = self;
  }

  /** Sets the signals that the thread blocks; SIGKILL and SIGSTOP are never blocked. */
  public void block(SignalSet mask) {
    changed(() -> {
      self.signals().block(mask);
      return true;
    });
  }

  /** Returns the blocked signals pending for the thread or its process. */
  public SignalSet pending() {
    return table.locked(
        () -> signals.shared().plus(self.signals().pending().set()).and(self.signals().blocked()));
  }

  /**
   * Makes a blocking call under a temporary signal mask. If a signal ends it with EINTR, the mask
   * is still in effect when the handler starts.
   */
  public <T> T blocking(SignalSet mask, CallableOp<T, ErrnoException> call) throws ErrnoException {
    changed(() -> {
      self.signals().blockMeanwhile(mask);
      return true;
    });
    try {
      T result = call.call();
      endWait(true);
      return result;
    } catch (ErrnoException failure) {
      endWait(failure.errno() != Errno.EINTR);
      throw failure;
    }
  }

  private void endWait(boolean restored) {
    changed(() -> {
      self.signals().endWait();
      if (restored) {
        self.signals().restoreUnlessWaiting();
      }
      return true;
    });
  }

  /**
   * Takes a pending signal of a set, blocked or not. If none is pending, any of them ends the waits
   * of this thread, and does nothing else, until {@link #endAwait}.
   */
  public Optional<SignalInfo> await(SignalSet awaited) {
    return changed(() -> {
      Optional<SignalInfo> found = signals.takeAny(self.signals(), awaited::has);
      if (found.isEmpty()) {
        self.signals().await(awaited);
      }
      return found;
    });
  }

  /** Takes one of the awaited signals, if one came. */
  public Optional<SignalInfo> endAwait(SignalSet awaited) {
    return changed(() -> {
      self.signals().await(SignalSet.NONE);
      return signals.takeAny(self.signals(), awaited::has);
    });
  }

  /** Takes the next signal with a handler in machine code; empty if there is none. */
  public Optional<CaughtSignal> takeCaught() {
    return table.locked(() -> signals.takeCaught(self));
  }

  /** Returns the handler of a fault; empty if the process has to end. */
  public Optional<CaughtSignal> force(SignalInfo info) {
    return table.locked(() -> signals.force(info, self));
  }

  private <T> T changed(Supplier<T> change) {
    return table.locked(() -> {
      T result = change.get();
      signals.refresh();
      return result;
    });
  }
}
