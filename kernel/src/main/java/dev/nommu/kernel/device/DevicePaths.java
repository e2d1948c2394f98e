package dev.nommu.kernel.device;

import dev.nommu.kernel.device.DeviceRegistry.Device;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Devices by path below /dev. The path of a device is never a directory of another.
 *
 * @param devices in the order of their paths. Not safe for concurrent use
 */
record DevicePaths(NavigableMap<String, Device> devices) {
  /** Adds a device whose path conflicts with no other. */
  void add(Device device) {
    devices.put(device.name(), device);
  }

  void remove(Device device) {
    devices.remove(device.name());
  }

  boolean has(String path) {
    return devices.containsKey(path);
  }

  /** Returns the device with a path, or one whose path is above or below it, or empty. */
  Optional<Device> inTheWay(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      Device above = devices.get(path.substring(0, slash));
      if (above != null) {
        return Optional.of(above);
      }
    }
    Optional<Device> there = Optional.ofNullable(devices.get(path));
    return there.or(() -> firstBelow(path + "/"));
  }

  private Optional<Device> firstBelow(String directory) {
    return Optional.ofNullable(devices.ceilingEntry(directory))
        .map(Map.Entry::getValue)
        .filter(device -> device.name().startsWith(directory));
  }
}
