package dev.nommu.tck;

/** The verdict on a rule. */
public sealed interface Verdict {
  /** The plugin keeps the rule. */
  record Held() implements Verdict {}

  /**
   * The rule does not apply to this plugin.
   *
   * @param reason why, as a sentence about the plugin
   */
  record Skipped(String reason) implements Verdict {}

  /**
   * The plugin breaks the rule.
   *
   * @param found the call of the plugin and its answer
   * @param expected the answer that the contract requires
   * @param remedy the change to make
   */
  record Broken(String found, String expected, String remedy) implements Verdict {
    private static final String NULL = "it returned null";

    /** Returns a copy attributed to a method that returned null. */
    Broken becauseOfNull(String method) {
      return new Broken(
          found.contains(NULL) ? found : method + ": " + NULL,
          expected,
          "return something from %s: null is never a valid answer".formatted(method));
    }

    /**
     * Returns the full report, in several lines.
     *
     * @param clause the broken clause
     */
    public String describe(Clause clause) {
      String said = clause.rule().document().map("%n  document: %s"::formatted).orElse("");
      return "%s%n  found:    %s%n  expected: %s%n  change:   %s%s"
          .formatted(clause.name(), found, expected, remedy, said);
    }
  }

  /** The plugin keeps the rule. */
  Verdict HELD = new Held();

  /** Returns that the rule does not apply. */
  static Verdict skipped(String reason) {
    return new Skipped(reason);
  }

  /** Returns that the rule is broken. */
  static Verdict broken(String found, String expected, String remedy) {
    return new Broken(found, expected, remedy);
  }
}
