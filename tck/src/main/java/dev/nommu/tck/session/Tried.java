package dev.nommu.tck.session;

import dev.nommu.tck.fault.Fault;
import java.util.List;

/**
 * A session that was made.
 *
 * @param session the calls
 * @param faults what went wrong in the plugin meanwhile
 * @param replay what it led to
 */
public record Tried(Session session, List<Fault> faults, Replay replay) {
  /** Takes an immutable copy. */
  public Tried {
    faults = List.copyOf(faults);
  }

  /** Returns whether the first thing that is wrong in another one is wrong here too. */
  boolean failsLike(Tried other) {
    return replay.has(other.replay.wrong().getFirst().kind());
  }
}
