package dev.nommu.cli.check;

import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.session.FaultedSession;
import java.util.Optional;

/**
 * The work repeated with a different fault each time.
 *
 * @param name of the work, such as {@code seed 3}
 * @param session if it is one that can be shrunk and saved
 * @param report the outcome
 */
record SweptWork(String name, Optional<FaultedSession> session, SweepReport report) {
  /** Returns the part of it with one kind of fault. */
  SweptWork of(Dish dish) {
    return new SweptWork(name, session, report.of(dish));
  }
}
