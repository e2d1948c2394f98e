package dev.nommu.api;

import java.io.Serial;

/**
 * A load, store or fetch at an address where nothing answers. It has no stack trace: programs that
 * catch the signal may cause many.
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
   * @param message the access that was tried, with expected and found
   */
  public AccessFault(long address, String message) {
    super(message, null, false, false);
    this.address = address;
  }

  /**
   * Creates a fault with a cause, such as the failure of a device.
   *
   * @param address of the first byte that nothing answers
   * @param cause the failure, whose message the fault takes over
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
