package dev.nommu.cli.run;

import dev.nommu.kernel.sanitizer.Sanitizer;

/** Looks at what one run of a scenario does to memory. */
public interface Watch {
  /** Looks at nothing. */
  Watch NONE = new Watch() {};

  /** Returns what the machine tells of loads and stores. */
  default Sanitizer sanitizer() {
    return Sanitizer.OFF;
  }

  /** A line of the scenario is about to be carried out; lines are counted from 1. */
  default void begun(int line) {}

  /** Tells the user what was found since the last time. */
  default void tell() {}
}
