package dev.nommu.mtd.chip;

/** The kind of lock bits a chip has. */
public enum Locking {
  /** None that a command could change. */
  NONE,
  /** One a block, kept without power and only cleared all together; clear when delivered. */
  PERSISTENT,
  /** One a block, set when the power comes on, changed at once. */
  VOLATILE
}
