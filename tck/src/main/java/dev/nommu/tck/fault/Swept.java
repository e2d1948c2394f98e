package dev.nommu.tck.fault;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of a run with a fault.
 *
 * @param fault the fault
 * @param reached whether it happened: the call was made
 * @param tally of the calls of its kind
 * @param failure why the work failed, if it did
 * @param wrong errors that the fault does not excuse: wrong accounting of the machine, a fault of
 *     the plugin itself
 */
public record Swept(
    Fault fault, boolean reached, Tally tally, Optional<String> failure, List<String> wrong) {
  /** Takes an immutable copy. */
  public Swept {
    wrong = List.copyOf(wrong);
  }
}
