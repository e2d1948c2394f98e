package dev.nommu.api;

/** A character device. */
@FunctionalInterface
public interface CharacterDevice {
  /**
   * Opens the device. Called concurrently.
   *
   * @param mode what it is opened for
   * @throws ErrnoException EACCES, ENODEV, EPERM: why it cannot be opened so
   */
  OpenFile open(AccessMode mode) throws ErrnoException;
}
