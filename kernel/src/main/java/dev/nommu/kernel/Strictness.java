package dev.nommu.kernel;

/** Whether a machine boots that lacks something its board asks for. */
public enum Strictness {
  /**
   * The machine boots without it, as Linux does: {@link Machine#nodes} and {@link Machine#log} say
   * what is missing and why.
   */
  LENIENT,

  /**
   * Booting fails, and the message says all that is missing: each node without a driver, each
   * driver that failed, each plugin that cannot be used, whatever else of the board is not used.
   */
  STRICT
}
