package dev.nommu.campaign;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.fault.Swept;
import dev.nommu.tck.session.Coverage.Kind;
import dev.nommu.tck.session.Coverage.Point;
import dev.nommu.tck.session.FaultedSession;
import dev.nommu.tck.session.Session;
import dev.nommu.tck.session.Tried;
import java.util.List;

/** Runs the session of each seed once for each call of the plugin that can fail. */
record FaultTrial(Plan.Assignment assignment, TestedPlugin plugin, int steps) implements Trial {
  /** For the session and for counting its calls. */
  private static final int WITHOUT_FAULT = 2;

  private FaultedSession session(long seed) {
    return new FaultedSession(
        plugin.subject(), assignment.profile(), Session.generate(seed, plugin.targets(), steps));
  }

  /** A session that fails without a fault is reported by the sessions. */
  @Override
  public void run(long seed, Gathering into) throws BoardException {
    FaultedSession session = session(seed);
    SweepReport report = session.isSound() ? swept(session) : SweepReport.NONE;
    into.ran(WITHOUT_FAULT + report.swept().size());
    for (Swept each : report.swept()) {
      into.reached(
          new Point(Kind.FAULT, each.fault().dish() + (each.reached() ? "" : ": not reached")), 1);
      each.wrong().stream()
          .collect(Gathering.byCause(wrong -> Cause.of(assignment, wrong)))
          .forEach((cause, wrong) ->
              into.found(cause, Sighting.of(seed, steps, each.fault() + ": " + wrong)));
    }
  }

  private static SweepReport swept(FaultedSession session) throws BoardException {
    return session.sweep(FaultMenu.ALL, fault -> {});
  }

  @Override
  public Kept keep(Cause cause, Sighting sighting) throws BoardException {
    FaultedSession session = session(sighting.seed());
    for (Swept each : swept(session).wrong()) {
      if (each.wrong().stream().anyMatch(wrong -> Cause.of(assignment, wrong).equals(cause))) {
        return kept(session.shrunk(each.fault()));
      }
    }
    List<Fault> none = List.of();
    return new Kept(
        Trial.capsule(plugin, assignment, none, session.session()),
        List.of("it did not happen again: the plugin does not always do it"));
  }

  private Kept kept(Tried least) {
    return new Kept(Trial.capsule(plugin, assignment, least.faults(), least.session()), List.of());
  }
}
