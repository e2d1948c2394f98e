package dev.nommu.kernel.device;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceRegion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The registrations that outlive an unplugged device: ranges of numbers and files in /proc (rule
 * HOT-02). A driver that registers the same again gets them back. Not safe for concurrent use.
 */
final class LeftBehind {
  private final Map<String, Registered> byDriver = new HashMap<>();

  private Registered of(String driver) {
    return byDriver.computeIfAbsent(driver, absent -> new Registered());
  }

  /** Stores the registrations of a device that outlive it. */
  void add(String driver, Registered all) {
    of(driver).regions().addAll(all.regions());
    of(driver).procFiles().addAll(all.procFiles());
    all.regions().clear();
    all.procFiles().clear();
  }

  /** Removes a region; returns whether it was present. */
  boolean take(String driver, DeviceRegion region) {
    return of(driver).regions().remove(region);
  }

  /** Removes a file in /proc; returns whether it was present. */
  boolean take(String driver, String procFile) {
    return of(driver).procFiles().remove(procFile);
  }

  /** Returns a region of this driver with this name and size, or empty. */
  Optional<DeviceRegion> find(String driver, DeviceFile.Kind kind, String name, int minors) {
    return of(driver).regions().stream()
        .filter(region -> region.kind() == kind && region.minors() == minors)
        .filter(region -> region.name().equals(name))
        .findFirst();
  }
}
