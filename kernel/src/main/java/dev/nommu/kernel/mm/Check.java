package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;

/**
 * One step of the validation of a request.
 *
 * @param rule the rule it carries out
 * @param judge the rule as a function
 */
record Check(Rule rule, Judge judge) {
  /** A rule as a pure function of the request and of what earlier checks left. */
  @FunctionalInterface
  interface Judge {
    Verdict judge(Draft draft);
  }

  /** What a check says. */
  sealed interface Verdict {
    /** Nothing to object and nothing to change. */
    Verdict PASS = new Pass();

    /** Returns a refusal with this error. */
    static Verdict refuse(Errno errno) {
      return new Refuse(errno);
    }

    /** Returns that these capabilities are left. */
    static Verdict leave(Capabilities left) {
      return new Leave(left);
    }

    /** Returns a refusal if a condition holds. */
    static Verdict refuseIf(boolean condition, Errno errno) {
      return condition ? refuse(errno) : PASS;
    }

    /** Goes on to the next check. */
    record Pass() implements Verdict {}

    /** Goes on with these capabilities. */
    record Leave(Capabilities left) implements Verdict {}

    /** Ends the validation. */
    record Refuse(Errno errno) implements Verdict {}
  }
}
