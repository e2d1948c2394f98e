package dev.nommu.api;

/**
 * The kind of access a processor makes to an address. The set does not grow.
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
