package dev.nommu.kernel.wait;

/** The waits that a pending signal ends, in ascending order. */
public enum Urgency {
  /** No signal is pending. */
  NONE,
  /** A signal that the program handles: ends interruptible waits. */
  HANDLED,
  /** A signal that ends the program: ends every wait. */
  FATAL
}
