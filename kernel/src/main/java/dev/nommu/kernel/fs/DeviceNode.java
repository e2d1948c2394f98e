package dev.nommu.kernel.fs;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;

/** A device that a driver registered, as a node of /dev. Immutable. */
public interface DeviceNode {
  /** Returns its path below /dev. */
  String name();

  /** Returns its number. */
  DeviceNumber number();

  /** Returns whether it is a character or a block device. */
  DeviceFile.Kind kind();

  /** Returns the name of its driver. */
  String driver();

  /** Returns the path of its node in the device tree, or the driver's name if it has none. */
  String place();
}
