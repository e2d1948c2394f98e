package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalSet;
import java.util.Optional;

/**
 * The signals of one thread: which it blocks, which wait for it alone. Guarded by the lock of the
 * {@link ProcessTable}, but for {@link #blocked()}.
 */
public final class ThreadSignals {
  private static final SignalSet FORCED = SignalSet.of(Signal.SIGKILL, Signal.SIGSTOP);

  private final PendingSignals pending = new PendingSignals();
  private volatile SignalSet blocked;

  /** What {@code sigtimedwait} waits for. */
  private SignalSet awaited = SignalSet.NONE;

  /** The mask to restore after a call that had a mask of its own. */
  private Optional<SignalSet> saved = Optional.empty();

  /** Whether that call waits still. */
  private boolean waiting;

  /** Creates the signals of a thread for which none waits. */
  public ThreadSignals(SignalSet blocked) {
    this.blocked = blocked;
  }

  /** Returns what the thread blocks. */
  public SignalSet blocked() {
    return blocked;
  }

  PendingSignals pending() {
    return pending;
  }

  /** Nobody blocks SIGKILL and SIGSTOP. */
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

  /** Returns whether the thread is the one to act on a signal that waits. */
  boolean admits(Signal signal) {
    return !awaits(signal) && !blocked.has(signal);
  }

  /** Blocks other signals while a call waits, or until a handler that ends it has returned. */
  void blockMeanwhile(SignalSet mask) {
    saved = Optional.of(blocked);
    waiting = true;
    block(mask);
  }

  /** Says that the call waits no more. */
  void endWait() {
    waiting = false;
  }

  /** Returns whether other signals are blocked than the thread said. */
  boolean isMeanwhile() {
    return saved.isPresent();
  }

  /** Blocks again what the thread said, unless a call waits that has a mask of its own. */
  void restoreUnlessWaiting() {
    if (!waiting) {
      block(takeSaved());
    }
  }

  /** Returns what is blocked again behind the handler that is going to run. */
  SignalSet takeSaved() {
    SignalSet before = saved.orElse(blocked);
    saved = Optional.empty();
    return before;
  }
}
