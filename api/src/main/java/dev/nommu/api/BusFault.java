package dev.nommu.api;

import java.io.Serial;

/**
 * A load or store that a device does not answer, as a bus error: the program is at fault, not the
 * driver. Thrown by {@link DeviceWindow#load} and {@link DeviceWindow#store}; the program gets a
 * fault, as at an address without a device.
 *
 * @since 0.1.0
 */
public final class BusFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates a fault with a message that states the access, what was expected and what was found.
   */
  public BusFault(String message) {
    super(message);
  }
}
