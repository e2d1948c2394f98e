package dev.nommu.junit;

import dev.nommu.api.ErrnoException;
import org.opentest4j.AssertionFailedError;

/** Assertions about a failure. */
public final class RefusalAssert {
  private final ErrnoException failure;

  RefusalAssert(ErrnoException failure) {
    this.failure = failure;
  }

  /**
   * Asserts the rule of the failure.
   *
   * @param rule its number, as in {@code docs/RULES.md}
   */
  public RefusalAssert by(String rule) {
    String found = failure.rule().orElse("no rule");
    if (!found.equals(rule)) {
      throw new AssertionFailedError(
          "expected a refusal by %s, found one by %s: %s"
              .formatted(rule, found, failure.getMessage()),
          rule,
          found);
    }
    return this;
  }

  /** Returns the failure. */
  public ErrnoException failure() {
    return failure;
  }
}
