package dev.nommu.tck;

/**
 * A rule with a test of a plugin.
 *
 * @param rule the rule
 * @param aspect the aspect of the rule tested, or empty for the rule itself
 * @param check the test
 */
public record Clause(RuleText rule, String aspect, Check check) {
  /** A test of a plugin on a machine. */
  @FunctionalInterface
  public interface Check {
    /**
     * Tests.
     *
     * @throws Exception as the calls of a task do; an unexpected failure breaks the rule
     */
    Verdict of(Trial trial) throws Exception;
  }

  /**
   * Returns a clause.
   *
   * @param number of the rule
   */
  public static Clause of(String number, Check check) {
    return new Clause(Rules.of(number), "", check);
  }

  /**
   * Returns a clause that tests a consequence of a rule.
   *
   * @param number of the rule
   * @param aspect a sentence
   */
  public static Clause of(String number, String aspect, Check check) {
    return new Clause(Rules.of(number), aspect, check);
  }

  /** Returns the number of the rule and the aspect, as the name of a test. */
  public String name() {
    return rule.number() + " " + (aspect.isEmpty() ? rule.sentence() : aspect);
  }
}
