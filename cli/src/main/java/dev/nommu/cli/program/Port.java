package dev.nommu.cli.program;

import dev.nommu.cli.option.WholeNumber;

/** Reads a TCP port; 0 is any free one. */
final class Port extends WholeNumber {
  /** Creates it. */
  Port() {
    super("a port", 0, 65535);
  }
}
