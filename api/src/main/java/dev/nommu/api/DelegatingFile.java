package dev.nommu.api;

/**
 * A file of a core that directs its operations to a driver of another room, as that of a frame
 * buffer does. Where a mapping fails by what the driver answered, its class is named.
 *
 * @since 0.1.0
 */
public interface DelegatingFile extends OpenFile {
  /** Returns the object of the driver's that the operations are directed to. */
  Object delegate();

  /**
   * Returns what an operation of the file is called in the driver.
   *
   * @param operation a method of the file, such as {@code "getUnmappedArea"}
   */
  default String operation(String operation) {
    return operation;
  }
}
