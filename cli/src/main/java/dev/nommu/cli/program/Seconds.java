package dev.nommu.cli.program;

import dev.nommu.cli.option.WholeNumber;

/** Reads a timeout: 1 second to 1,000 days. */
final class Seconds extends WholeNumber {
  /** Creates it. */
  Seconds() {
    super("a number of seconds", 1, 86_400_000);
  }
}
