package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalSet;
import java.util.Optional;

/**
 * The signals of one thread: those it blocks and those pending for it alone. Guarded by the lock of
 * the {@link ProcessTable}, except for {@link #blocked()}.
 */
public final class ThreadSignals {
  private static final SignalSet FORCED = SignalSet.of(Signal.SIGKILL, Signal.SIGSTOP);

  private final PendingSignals pending = new PendingSignals();
  private volatile SignalSet blocked;

  /** The signals that {@code sigtimedwait} waits for. */
  private SignalSet awaited = SignalSet.NONE;

  /** The mask to restore after a call with a temporary mask. */
  private Optional<SignalSet> saved = Optional.empty();

  /** Whether that call is still waiting. */
  private boolean waiting;

  /** Creates the signals of a thread, none pending. */
  public ThreadSignals(SignalSet blocked) {
    this.blocked = blocked;
  }

  /** Returns the signals that the thread blocks. */
  public SignalSet blocked() {
    return blocked;
  }

  PendingSignals pending() {
    return pending;
  }

  /** Sets the mask; SIGKILL and SIGSTOP cannot be blocked. */
  void block(SignalSet mask) {
    blocked = mask.minus(FORCED);
  }

  void await(SignalSet signals) {
    awaited = signals.minus(FORCED);
  }

  boolean awaits(Signal signal) {
    return awaited.has(signal);
  }

  /** Returns whether a signal ends a wait of the thread. */
  boolean wants(Signal signal) {
    return awaits(signal) || !blocked.has(signal);
  }

  /** Returns whether the thread can handle a pending signal. */
  boolean admits(Signal signal) {
    return !awaits(signal) && !blocked.has(signal);
  }

  /** Sets a temporary mask for a blocking call, or until a handler that ends it has returned. */
  void blockMeanwhile(SignalSet mask) {
    saved = Optional.of(blocked);
    waiting = true;
    block(mask);
  }

  /** Called when the call no longer waits. */
  void endWait() {
    waiting = false;
  }

  /** Returns whether a temporary mask is in effect. */
  boolean isMeanwhile() {
    return saved.isPresent();
  }

  /** Restores the mask, unless a call with a temporary mask is waiting. */
  void restoreUnlessWaiting() {
    if (!waiting) {
      block(takeSaved());
    }
  }

  /** Returns the mask to restore after the handler that is about to run. */
  SignalSet takeSaved() {
    SignalSet before = saved.orElse(blocked);
    saved = Optional.empty();
    return before;
  }
}
