package dev.nommu.api;

/**
 * A file of a core that delegates its operations to a driver of another module, as a frame buffer's
 * does. If a mapping fails because of the driver's answer, the error names the driver's class.
 *
 * @since 0.1.0
 */
public interface DelegatingFile extends OpenFile {
  /** Returns the driver's object that operations are delegated to. */
  Object delegate();

  /**
   * Returns the name of an operation of the file in the driver.
   *
   * @param operation a method of the file, such as {@code "getUnmappedArea"}
   */
  default String operation(String operation) {
    return operation;
  }
}
