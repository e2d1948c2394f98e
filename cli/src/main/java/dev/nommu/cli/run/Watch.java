package dev.nommu.cli.run;

import dev.nommu.kernel.sanitizer.Sanitizer;

/** Watches what one run of a scenario does to memory. */
public interface Watch {
  /** Checks nothing. */
  Watch NONE = new Watch() {};

  /** Returns the sanitizer of the machine. */
  default Sanitizer sanitizer() {
    return Sanitizer.OFF;
  }

  /** A line of the scenario is about to run; lines count from 1. */
  default void begun(int line) {}

  /** Reports the findings since the last call to the user. */
  default void tell() {}
}
