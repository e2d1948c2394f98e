package dev.nommu.cli.program;

import dev.nommu.cli.option.WholeNumber;

/** Reads a port of TCP; 0 is any that is free. */
final class Port extends WholeNumber {
  /** Creates it. */
  Port() {
    super("a port", 0, 65535);
  }
}
