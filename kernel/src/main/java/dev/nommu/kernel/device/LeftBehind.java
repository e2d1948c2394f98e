package dev.nommu.kernel.device;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceRegion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The registrations that outlive an unplugged device: ranges of numbers and files in /proc (rule
 * HOT-02). A driver that registers the same again gets it. Not safe for concurrent use.
 */
final class LeftBehind {
  private final Map<String, Registered> byDriver = new HashMap<>();

  private Registered of(String driver) {
    return byDriver.computeIfAbsent(driver, absent -> new Registered());
  }

  /** Moves here what stays of what was registered for a device. */
  void add(String driver, Registered all) {
    of(driver).regions().addAll(all.regions());
    of(driver).procFiles().addAll(all.procFiles());
    all.regions().clear();
    all.procFiles().clear();
  }

  /** Takes a region away; returns whether it was here. */
  boolean take(String driver, DeviceRegion region) {
    return of(driver).regions().remove(region);
  }

  /** Takes a file in /proc away; returns whether it was here. */
  boolean take(String driver, String procFile) {
    return of(driver).procFiles().remove(procFile);
  }

  /** Returns a region of this name, and as large, that was given to a driver. */
  Optional<DeviceRegion> find(String driver, DeviceFile.Kind kind, String name, int minors) {
    return of(driver).regions().stream()
        .filter(region -> region.kind() == kind && region.minors() == minors)
        .filter(region -> region.name().equals(name))
        .findFirst();
  }
}
