package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.Rule;
import java.util.function.Function;

/**
 * One step of the validation of a request.
 *
 * @param rule the rule it carries out
 * @param test the rule as a pure function of the request and of what earlier checks left
 */
record Check(Rule rule, Function<Validation, Result> test) {
  /** The result of a check. */
  sealed interface Result {
    /** Nothing to object and nothing to change. */
    Result PASS = new Pass();

    /** Returns a refusal with this error. */
    static Result refuse(Errno errno) {
      return new Refuse(errno);
    }

    /** Returns that these capabilities are left. */
    static Result leave(Capabilities left) {
      return new Leave(left);
    }

    /** Returns a refusal if a condition holds. */
    static Result refuseIf(boolean condition, Errno errno) {
      return condition ? refuse(errno) : PASS;
    }

    /** Goes on to the next check. */
    record Pass() implements Result {}

    /** Goes on with these capabilities. */
    record Leave(Capabilities left) implements Result {}

    /** Ends the validation. */
    record Refuse(Errno errno) implements Result {}
  }
}
