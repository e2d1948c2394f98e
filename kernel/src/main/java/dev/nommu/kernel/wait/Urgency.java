package dev.nommu.kernel.wait;

/** How much a signal presses a thread that waits; in ascending order. */
public enum Urgency {
  /** No signal is there. */
  NONE,
  /** A signal that the program handles: ends waits that can be interrupted. */
  HANDLED,
  /** A signal that ends the program: ends every wait. */
  FATAL
}
