package dev.nommu.api;

/**
 * What a processor does at an address. The set does not grow.
 *
 * @since 0.1.0
 */
public enum Access {
  /** A load of data. */
  LOAD,

  /** A store, or a load and a store in one atomic step. */
  STORE,

  /** A load of an instruction. */
  FETCH
}
