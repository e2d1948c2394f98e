package dev.nommu.tck;

/**
 * A rule with a test of a plugin.
 *
 * @param rule the rule
 * @param aspect what of the rule is tested, or empty if it is what the rule says
 * @param check the test
 */
public record Clause(RuleText rule, String aspect, Check check) {
  /** A test of a plugin that is on a machine. */
  @FunctionalInterface
  public interface Check {
    /**
     * Tests.
     *
     * @throws Exception as the calls of a task do; a failure nobody expected breaks the rule
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
   * Returns a clause that tests something that follows from a rule.
   *
   * @param number of the rule
   * @param aspect a sentence
   */
  public static Clause of(String number, String aspect, Check check) {
    return new Clause(Rules.of(number), aspect, check);
  }

  /** Returns the number of the rule and what is tested, as a test is called. */
  public String name() {
    return rule.number() + " " + (aspect.isEmpty() ? rule.sentence() : aspect);
  }
}
