package dev.nommu.api;

/** A device node: a name for a device that a driver registered. The kernel opens the device. */
public non-sealed interface DeviceFile extends Inode {
  /** The two kinds of device. */
  enum Kind {
    /** A character device. */
    CHARACTER,
    /** A block device. */
    BLOCK
  }

  /** Returns whether the number is that of a character or of a block device. */
  Kind kind();

  /** Returns the number of the device. */
  DeviceNumber device();
}
