package dev.nommu.campaign;

import dev.nommu.devicetree.DtsWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Session;
import java.util.List;

/** One kind of work with seeds. Immutable; thread-safe. */
interface Trial {
  /**
   * A reproducer of a finding.
   *
   * @param capsule shrunk as far as possible
   * @param notes further details, as lines
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
   * Shrinks a finding as far as possible.
   *
   * @throws BoardException if the plugin does not boot
   */
  Kept keep(Cause cause, Sighting sighting) throws BoardException;

  /** Returns the trial of an assignment. */
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
