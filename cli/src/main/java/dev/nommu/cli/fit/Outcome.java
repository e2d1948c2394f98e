package dev.nommu.cli.fit;

import java.util.List;

/**
 * The outcome of a workload.
 *
 * @param start the free memory before the first step
 * @param steps in order
 */
record Outcome(FreeMemory start, List<Step> steps) {
  /** Takes an immutable copy. */
  Outcome {
    steps = List.copyOf(steps);
  }

  /** Returns the steps that ran out of memory. */
  List<String> misfits() {
    return steps.stream().filter(step -> !step.fits()).map(Step::what).toList();
  }

  boolean fits() {
    return misfits().isEmpty();
  }

  /** Returns the bytes free after the last step. */
  long left() {
    return (steps.isEmpty() ? start : steps.getLast().after()).bytes();
  }
}
