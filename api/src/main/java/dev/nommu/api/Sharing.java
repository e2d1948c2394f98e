package dev.nommu.api;

/** The type of a mapping. */
public enum Sharing {
  /** MAP_SHARED. */
  SHARED,
  /** MAP_PRIVATE. */
  PRIVATE
}
