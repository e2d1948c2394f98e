package dev.nommu.tck.fault;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of a run with a fault.
 *
 * @param fault what went wrong
 * @param reached whether it did: the call was made
 * @param tally of the calls of its kind
 * @param failure how the work ended, if it did not succeed
 * @param wrong what must not be, whatever went wrong: the books of the machine, a fault that is the
 *     plugin's own
 */
public record Swept(
    Fault fault, boolean reached, Tally tally, Optional<String> failure, List<String> wrong) {
  /** Takes an immutable copy. */
  public Swept {
    wrong = List.copyOf(wrong);
  }
}
