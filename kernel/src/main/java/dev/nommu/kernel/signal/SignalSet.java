package dev.nommu.kernel.signal;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * A set of signals, like {@code sigset_t}.
 *
 * @param bits bit n - 1 is signal n
 */
public record SignalSet(long bits) {
  /** The empty set. */
  public static final SignalSet NONE = new SignalSet(0);

  /** Returns the set of some signals. */
  public static SignalSet of(Signal... signals) {
    SignalSet set = NONE;
    for (Signal signal : signals) {
      set = set.plus(of(signal));
    }
    return set;
  }

  private static SignalSet of(Signal signal) {
    return new SignalSet(1L << (signal.number() - 1));
  }

  /** Returns the set of some signals. */
  public static SignalSet of(Collection<Signal> signals) {
    return of(signals.toArray(Signal[]::new));
  }

  /** Returns its signals by number. */
  public Set<Signal> signals() {
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    if (bits != 0) {
      Arrays.stream(Signal.values()).filter(this::has).forEach(signals::add);
    }
    return signals;
  }

  /** Returns whether a signal is in it. */
  public boolean has(Signal signal) {
    return (bits & of(signal).bits) != 0;
  }

  /** Returns whether no signal is in it. */
  public boolean isEmpty() {
    return bits == 0;
  }

  /** Returns the union. */
  public SignalSet plus(SignalSet other) {
    return new SignalSet(bits | other.bits);
  }

  /** Returns the signals that are not in the other set. */
  public SignalSet minus(SignalSet other) {
    return new SignalSet(bits & ~other.bits);
  }

  /** Returns the intersection. */
  public SignalSet and(SignalSet other) {
    return new SignalSet(bits & other.bits);
  }
}
