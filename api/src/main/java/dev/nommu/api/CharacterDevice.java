package dev.nommu.api;

/**
 * A character device.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CharacterDevice {
  /**
   * Opens the device. Called concurrently.
   *
   * @param flags the access mode and the other flags
   * @throws ErrnoException EACCES, ENODEV, EPERM if it cannot be opened that way
   */
  OpenFile open(OpenFlags flags) throws ErrnoException;

  /**
   * Returns the mode bits of its node in {@code /dev}, 0 to 0777, as {@code devnode} of a class
   * does; by default 0600. Called once, when it is registered.
   */
  default int permissions() {
    return 0600;
  }
}
