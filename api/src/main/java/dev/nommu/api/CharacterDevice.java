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
   * @param flags what it is opened for, and how
   * @throws ErrnoException EACCES, ENODEV, EPERM: why it cannot be opened so
   */
  OpenFile open(OpenFlags flags) throws ErrnoException;

  /**
   * Returns the mode bits of its node in {@code /dev}, 0 to 0777, as {@code devnode} of a class;
   * without more its owner reads and writes. Called once, when it is registered.
   */
  default int permissions() {
    return 0600;
  }
}
