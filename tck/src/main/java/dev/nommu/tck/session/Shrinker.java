package dev.nommu.tck.session;

import dev.nommu.kernel.board.BoardException;
import java.util.Optional;

/** Removes steps from a failing session, as long as it still fails. */
@FunctionalInterface
interface Shrinker {
  /**
   * Runs a smaller session.
   *
   * @param current the session to shrink
   * @return its outcome, if it has the same kind of error
   * @throws BoardException if the subject does not boot
   */
  Optional<Tried> again(Tried current, Session smaller) throws BoardException;

  /**
   * Removes halves, quarters, … single steps.
   *
   * @param whole the failing session
   * @throws BoardException if the subject does not boot
   */
  default Tried shrink(Tried whole) throws BoardException {
    Tried least = whole;
    for (int chunk = Math.max(1, whole.session().steps().size() / 2); chunk > 0; chunk /= 2) {
      least = without(least, chunk);
    }
    return least;
  }

  private Tried without(Tried whole, int chunk) throws BoardException {
    Tried least = whole;
    for (int from = whole.session().steps().size() - chunk; from >= 0; from -= chunk) {
      Session session = least.session();
      if (from + chunk <= session.steps().size()) {
        least = again(least, session.without(from, from + chunk)).orElse(least);
      }
    }
    return least;
  }
}
