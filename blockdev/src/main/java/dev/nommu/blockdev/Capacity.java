package dev.nommu.blockdev;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * The size of a device.
 *
 * @param name the name of the device, for messages
 * @param bytes its size in bytes
 */
record Capacity(String name, long bytes) {

  /**
   * Checks that a range lies in the device.
   *
   * @param operation the operation on the range, for the message
   * @param otherwise the error if it does not
   */
  void requireInside(String operation, long offset, long length, Errno otherwise)
      throws ErrnoException {
    if (offset < 0 || length < 0 || length > bytes - offset) {
      throw new ErrnoException(
          otherwise,
          "%s: %s of 0x%x bytes at 0x%x: the device has 0x%x"
              .formatted(name, operation, length, offset, bytes));
    }
  }
}
