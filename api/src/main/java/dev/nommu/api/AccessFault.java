package dev.nommu.api;

import java.io.Serial;

/**
 * A load, store or fetch that nothing answers. It has no stack trace of its own: programs that
 * catch the signal may make many.
 *
 * @since 0.1.0
 */
public final class AccessFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final long address;

  /**
   * Creates a fault.
   *
   * @param address of the first byte that nothing answers
   * @param message what was tried, what was expected and what was found
   */
  public AccessFault(long address, String message) {
    super(message, null, false, false);
    this.address = address;
  }

  /**
   * Creates a fault that has a cause, as that of a device that failed.
   *
   * @param address of the first byte that nothing answers
   * @param cause its message becomes that of the fault
   */
  public AccessFault(long address, Throwable cause) {
    super(cause.getMessage(), cause, false, false);
    this.address = address;
  }

  /** Returns the address of the first byte that nothing answers. */
  public long address() {
    return address;
  }
}
