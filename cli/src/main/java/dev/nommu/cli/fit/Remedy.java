package dev.nommu.cli.fit;

/**
 * Another way to do the same, and what came of it.
 *
 * @param what what is different
 * @param outcome what came of it
 */
record Remedy(String what, Outcome outcome) {
  /** Says what is better, or worse, than before. */
  String against(Outcome before) {
    if (outcome.fits() && !before.fits()) {
      return "everything fits";
    }
    if (outcome.misfits().size() != before.misfits().size()) {
      return "%d of %d steps do not fit: %s"
          .formatted(
              outcome.misfits().size(),
              outcome.steps().size(),
              String.join(", ", outcome.misfits()));
    }
    long saved = outcome.left() - before.left();
    if (saved == 0) {
      return "nothing changes";
    }
    return saved > 0
        ? "%s more are free at the end".formatted(FreeMemory.kib(saved))
        : "%s fewer are free at the end".formatted(FreeMemory.kib(-saved));
  }
}
