package dev.nommu.tck.session;

import dev.nommu.kernel.board.BoardException;
import java.util.Optional;

/** Takes steps away from a session in which something is wrong, as long as it stays wrong. */
@FunctionalInterface
interface Shrinker {
  /**
   * Makes a smaller session.
   *
   * @param current what is to be made smaller
   * @return what came of it, if the same sort of thing is wrong
   * @throws BoardException if the subject does not boot
   */
  Optional<Tried> again(Tried current, Session smaller) throws BoardException;

  /**
   * Takes away halves, quarters, … single steps.
   *
   * @param whole what is wrong
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
