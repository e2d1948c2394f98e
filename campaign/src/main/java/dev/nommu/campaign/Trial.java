package dev.nommu.campaign;

import dev.nommu.devicetree.DtsWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Session;
import java.util.List;

/** Does one thing with seeds. Immutable; thread-safe. */
interface Trial {
  /**
   * What makes something that was found happen again.
   *
   * @param capsule as small as it could be made
   * @param notes what else is known of it, in lines
   */
  record Kept(Capsule capsule, List<String> notes) {}

  /**
   * Runs a seed.
   *
   * @param into receives the results
   * @throws BoardException if the plugin does not boot
   */
  void run(long seed, Gathering into) throws BoardException;

  /**
   * Makes what was found as small as it can be made.
   *
   * @throws BoardException if the plugin does not boot
   */
  Kept keep(Cause cause, Sighting sighting) throws BoardException;

  /** Returns what is done by an assignment. */
  static Trial of(Plan.Assignment assignment, TestedPlugin plugin, int steps) {
    return switch (assignment.work()) {
      case SESSIONS -> new SessionTrial(assignment, plugin, steps);
      case FAULTS -> new FaultTrial(assignment, plugin, steps);
      case PROFILES -> new ProfileTrial(assignment, plugin, steps);
    };
  }

  /** Returns a capsule of this version. */
  static Capsule capsule(
      TestedPlugin plugin, Plan.Assignment assignment, List<Fault> faults, Session session) {
    Board board = plugin.subject().board();
    return new Capsule(
        Capsule.VERSION,
        plugin.type(),
        assignment.profile(),
        faults,
        DtsWriter.write(board.tree()),
        board.simulation().directory(),
        session);
  }
}
