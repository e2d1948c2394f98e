package dev.nommu.cli.fit;

/**
 * Another way to do the same, and what came of it.
 *
 * @param what what is different
 * @param result what is better, or worse, in words
 */
record Remedy(String what, String result) {
  /** Returns what another way has brought. */
  static Remedy of(String what, Outcome outcome, Outcome before) {
    return new Remedy(what, against(before, outcome));
  }

  private static String against(Outcome before, Outcome outcome) {
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
