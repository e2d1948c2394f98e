package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.Rule;
import java.util.function.Function;

/**
 * One step of the validation of a request.
 *
 * @param rule the rule it implements
 * @param test the rule as a pure function of the request and the results of earlier checks
 */
record Check(Rule rule, Function<Validation, Result> test) {
  /** The result of a check. */
  sealed interface Result {
    /** No objection and no change. */
    Result PASS = new Pass();

    /** Returns a refusal with this error. */
    static Result refuse(Errno errno) {
      return new Refuse(errno);
    }

    /** Returns a result that leaves these capabilities. */
    static Result leave(Capabilities left) {
      return new Leave(left);
    }

    /** Returns a refusal if a condition holds. */
    static Result refuseIf(boolean condition, Errno errno) {
      return condition ? refuse(errno) : PASS;
    }

    /** Continues with the next check. */
    record Pass() implements Result {}

    /** Continues with these capabilities. */
    record Leave(Capabilities left) implements Result {}

    /** Ends the validation. */
    record Refuse(Errno errno) implements Result {}
  }
}
