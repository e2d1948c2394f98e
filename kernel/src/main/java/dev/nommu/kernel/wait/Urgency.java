package dev.nommu.kernel.wait;

/** Which waits a pending signal ends; in ascending order. */
public enum Urgency {
  /** No signal is there. */
  NONE,
  /** A signal that the program handles: ends waits that can be interrupted. */
  HANDLED,
  /** A signal that ends the program: ends every wait. */
  FATAL
}
