package dev.nommu.tck.session;

import dev.nommu.tck.fault.Fault;
import java.util.List;

/**
 * A session that was run.
 *
 * @param session the calls
 * @param faults the faults of the plugin
 * @param replay its outcome
 */
public record Tried(Session session, List<Fault> faults, Replay replay) {
  /** Takes an immutable copy. */
  public Tried {
    faults = List.copyOf(faults);
  }

  /** Returns whether the first error of another session occurs here too. */
  boolean failsLike(Tried other) {
    return replay.has(other.replay.wrong().getFirst().kind());
  }
}
