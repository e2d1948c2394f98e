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
   * @param found what the plugin was asked and what it answered
   * @param expected what the contract wants in its place
   * @param remedy what to change
   */
  record Broken(String found, String expected, String remedy) implements Verdict {
    private static final String NULL = "it answered null";

    /** Returns the same as what follows from a method that answered null. */
    Broken becauseOfNull(String method) {
      return new Broken(
          found.contains(NULL) ? found : method + ": " + NULL,
          expected,
          "let %s answer something: null is never an answer".formatted(method));
    }

    /**
     * Returns all that there is to say of it, in several lines.
     *
     * @param clause what it breaks
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
