package dev.nommu.cli.vectors;

import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Decision;
import java.util.List;

/**
 * One line of the table.
 *
 * @param situation what was asked for, and of what
 * @param answers what the driver was asked and answered, in order
 * @param decision what became of it
 * @param because the rules that gave or took a capability, or led elsewhere, in order
 * @param use whether later requests may use what was mapped
 */
record TestVector(
    Situation situation, List<Answer> answers, Decision decision, List<Rule> because, Use use) {
  /** Those who may use the mapping. */
  enum Use {
    /** Later requests for the same part of the file as well. */
    SHAREABLE,
    /** Nobody else. */
    OWN,
    /** Nothing was mapped. */
    NONE
  }
}
