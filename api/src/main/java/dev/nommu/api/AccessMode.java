package dev.nommu.api;

/**
 * The access mode of an open file: O_RDONLY, O_WRONLY or O_RDWR. The set does not grow.
 *
 * @since 0.1.0
 */
public enum AccessMode {
  /** O_RDONLY. */
  READ,
  /** O_WRONLY. */
  WRITE,
  /** O_RDWR. */
  READ_WRITE;

  /** Returns whether the file may be read. */
  public boolean reads() {
    return this != WRITE;
  }

  /** Returns whether the file may be written. */
  public boolean writes() {
    return this != READ;
  }
}
