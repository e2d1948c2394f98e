package dev.nommu.mtd.chip;

/** The kind of lock bits a chip has. */
public enum Locking {
  /** None that a command can change. */
  NONE,
  /**
   * One per block, persistent across power loss and only cleared all together; clear when
   * delivered.
   */
  PERSISTENT,
  /** One per block, set at power-up, changed at once. */
  VOLATILE
}
