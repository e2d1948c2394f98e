package dev.nommu.cli.fit;

/**
 * Another way to do the same, and its outcome.
 *
 * @param what the difference
 * @param result the improvement or the opposite, in words
 */
record Remedy(String what, String result) {
  /** Returns the outcome of another way. */
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
