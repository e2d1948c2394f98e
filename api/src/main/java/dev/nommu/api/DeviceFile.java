package dev.nommu.api;

/**
 * A device node: a name for a registered device. The kernel opens the device.
 *
 * @since 0.1.0
 */
public non-sealed interface DeviceFile extends Inode {
  /** The two kinds of device; the set does not grow. */
  enum Kind {
    /** A character device. */
    CHARACTER,
    /** A block device. */
    BLOCK
  }

  /** Returns whether it is a character or a block device. */
  Kind kind();

  /** Returns the number of the device. */
  DeviceNumber device();
}
