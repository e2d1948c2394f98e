package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Signal;
import java.util.Set;

/**
 * The signals of a process as sets: bit n - 1 is signal n.
 *
 * @param pending sent and not handled yet
 * @param ignored have no effect because the process said so
 * @param caught have a handler
 */
public record SignalSets(long pending, long ignored, long caught) {
  static SignalSets of(Set<Signal> pending, SignalActions actions) {
    return new SignalSets(bits(pending), bits(actions.ignored()), bits(actions.caught()));
  }

  private static long bits(Set<Signal> signals) {
    return signals.stream().mapToLong(signal -> 1L << (signal.number() - 1)).reduce(0, Long::sum);
  }
}
