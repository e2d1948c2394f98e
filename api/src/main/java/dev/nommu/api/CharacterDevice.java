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
}
