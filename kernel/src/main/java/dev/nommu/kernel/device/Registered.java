package dev.nommu.kernel.device;

import dev.nommu.api.DeviceRegion;
import java.util.ArrayList;
import java.util.List;

/**
 * The registrations made in one call of a driver.
 *
 * @param regions ranges of numbers
 * @param devices devices
 * @param given numbers and instances allocated for them
 * @param stores the names of stores that can be mounted
 * @param procFiles the names of files in /proc
 */
record Registered(
    List<DeviceRegion> regions,
    List<DeviceRegistry.Device> devices,
    List<DynamicNumbers.Given> given,
    List<String> stores,
    List<String> procFiles) {
  /** Creates an empty set of registrations. */
  Registered() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }
}
