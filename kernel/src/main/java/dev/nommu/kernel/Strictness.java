package dev.nommu.kernel;

/** Whether a machine boots although it lacks something its board asks for. */
public enum Strictness {
  /**
   * The machine boots without it, as Linux does: {@link Machine#nodes} and {@link Machine#log}
   * report what is missing and why.
   */
  LENIENT,

  /**
   * Booting fails, and the message lists everything missing: each node without a driver, each
   * failed driver, each unusable plugin, and anything else of the board that is not used.
   */
  STRICT
}
