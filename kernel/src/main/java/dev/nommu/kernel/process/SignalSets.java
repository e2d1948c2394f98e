package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.SignalSet;
import java.util.Optional;

/**
 * The signals of a process as sets: bit n - 1 is signal n.
 *
 * @param pending sent to the process and not yet handled
 * @param ofLeader sent to its oldest thread alone and not yet handled
 * @param blocked those that its oldest thread blocks
 * @param ignored those that the process has set to be ignored
 * @param caught those with a handler
 */
public record SignalSets(long pending, long ofLeader, long blocked, long ignored, long caught) {
  static SignalSets of(SignalSet pending, Optional<ThreadSignals> leader, SignalActions actions) {
    return new SignalSets(
        pending.bits(),
        leader.map(its -> its.pending().set().bits()).orElse(0L),
        leader.map(its -> its.blocked().bits()).orElse(0L),
        SignalSet.of(actions.ignored()).bits(),
        SignalSet.of(actions.caught()).bits());
  }
}
