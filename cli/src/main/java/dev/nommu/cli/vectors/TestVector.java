package dev.nommu.cli.vectors;

import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Decision;
import java.util.List;

/**
 * One line of the table.
 *
 * @param situation the request and its file
 * @param answers the driver's operations and answers, in order
 * @param decision the outcome
 * @param because the rules that gave or removed a capability, or changed the course, in order
 * @param use whether later requests may share the mapping
 */
record TestVector(
    Situation situation, List<Answer> answers, Decision decision, List<Rule> because, Use use) {
  /** The requests that may share the mapping. */
  enum Use {
    /** Later requests for the same part of the file as well. */
    SHAREABLE,
    /** No other request. */
    OWN,
    /** Nothing was mapped. */
    NONE
  }
}
