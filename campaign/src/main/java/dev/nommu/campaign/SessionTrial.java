package dev.nommu.campaign;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Sessions.Result;
import dev.nommu.tck.session.Wrong;
import java.util.List;

/** Runs the session of each seed. */
record SessionTrial(Plan.Assignment assignment, TestedPlugin plugin, int steps) implements Trial {
  private Sessions sessions() {
    return new Sessions(
        plugin.subject(), assignment.profile(), plugin.targets(), Model.NONE, steps);
  }

  @Override
  public void run(long seed, Gathering into) throws BoardException {
    Result result = sessions().once(seed, into.coverage());
    into.ran(1);
    result.replay().wrong().stream()
        .collect(Gathering.byCause(wrong -> Cause.of(assignment, wrong)))
        .forEach((cause, wrong) -> into.found(cause, Sighting.of(seed, steps, wrong.what())));
  }

  @Override
  public Kept keep(Cause cause, Sighting sighting) throws BoardException {
    Result least = sessions().shrunk(sighting.seed(), wrong -> isOf(cause, wrong));
    boolean again = least.replay().wrong().stream().anyMatch(wrong -> isOf(cause, wrong));
    return new Kept(
        Trial.capsule(plugin, assignment, List.of(), least.session()),
        again ? List.of() : List.of("it did not happen again: the plugin does not always do it"));
  }

  private boolean isOf(Cause cause, Wrong wrong) {
    return Cause.of(assignment, wrong).equals(cause);
  }
}
