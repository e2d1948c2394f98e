package dev.nommu.cli.program;

import dev.nommu.cli.option.WholeNumber;

/** Reads a number of processors. */
final class CpuCount extends WholeNumber {
  /** Creates it. */
  CpuCount() {
    super("a number of processors", 1, 9999);
  }
}
