package dev.nommu.api;

/**
 * The type of a mapping. The set does not grow.
 *
 * @since 0.1.0
 */
public enum Sharing {
  /** MAP_SHARED. */
  SHARED,
  /** MAP_PRIVATE. */
  PRIVATE
}
