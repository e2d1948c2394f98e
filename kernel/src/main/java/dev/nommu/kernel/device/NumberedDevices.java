package dev.nommu.kernel.device;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.kernel.device.DeviceRegistry.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Devices by their number. Not safe for concurrent use. */
final class NumberedDevices {
  /** The unique identity of a device. */
  record Key(DeviceFile.Kind kind, DeviceNumber number) {
    @Override
    public String toString() {
      return "%s device %s".formatted(kind.name().toLowerCase(Locale.ROOT), number);
    }
  }

  private record Major(DeviceFile.Kind kind, int major) {
    static Major of(Device device) {
      return new Major(device.kind(), device.number().major());
    }
  }

  private final Map<Key, Device> devices;

  /** The number of devices of each major that has any. */
  private final Map<Major, Integer> majors = new HashMap<>();

  /**
   * Creates a set without devices.
   *
   * @param devices the map that stores them, in insertion order
   */
  NumberedDevices(Map<Key, Device> devices) {
    this.devices = devices;
  }

  /** Adds a device whose number is free. */
  void add(Device device) {
    devices.put(device.key(), device);
    majors.merge(Major.of(device), 1, Integer::sum);
  }

  void remove(Device device) {
    devices.remove(device.key());
    majors.computeIfPresent(Major.of(device), (major, count) -> count == 1 ? null : count - 1);
  }

  Optional<Device> find(DeviceFile.Kind kind, DeviceNumber number) {
    return Optional.ofNullable(devices.get(new Key(kind, number)));
  }

  /** Returns whether a device has this major. */
  boolean hasMajor(DeviceFile.Kind kind, int major) {
    return majors.containsKey(new Major(kind, major));
  }

  /** Returns all devices in the order in which they were added. */
  List<Device> all() {
    return new ArrayList<>(devices.values());
  }
}
