package dev.nommu.kernel.device;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.plugin.NameClash;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A driver and its properties, which are queried once.
 *
 * @param plugin the driver
 * @param name its name
 * @param compatible the compatible strings it supports; immutable
 */
public record Driver(DeviceDriver plugin, String name, Set<String> compatible) {
  /**
   * Queries the properties of a driver.
   *
   * @throws ErrnoException EIO if the driver fails (rule PLUGIN-01)
   */
  public static Driver of(DeviceDriver plugin) throws ErrnoException {
    return new Driver(plugin, PluginCall.ask(plugin, "name", plugin::name), compatible(plugin));
  }

  private static Set<String> compatible(DeviceDriver plugin) throws ErrnoException {
    Set<String> plugins = PluginCall.ask(plugin, "compatible", plugin::compatible);
    Set<String> answer = PluginCall.ask(plugin, "compatible", () -> new HashSet<>(plugins));
    if (answer.contains(null)) {
      throw PluginCall.wrong(plugin, "compatible", "expected strings, found " + answer);
    }
    return Set.copyOf(answer);
  }

  /**
   * Returns drivers in the order in which they are tried: the kernel's own first, then plugins by
   * name, so that a machine does not depend on the order of the class path.
   *
   * @throws ErrnoException EIO if one of the kernel's fails; EBUSY if two have the same name
   */
  static List<Driver> inOrder(List<DeviceDriver> own, Collection<Driver> plugins)
      throws ErrnoException {
    List<Driver> all = new ArrayList<>(plugins);
    all.sort(Comparator.comparing(Driver::name));
    for (DeviceDriver each : own.reversed()) {
      all.addFirst(of(each));
    }
    requireDistinct(all);
    return List.copyOf(all);
  }

  private static void requireDistinct(List<Driver> drivers) throws ErrnoException {
    Map<String, Driver> byName = new HashMap<>();
    for (Driver driver : drivers) {
      Driver other = byName.putIfAbsent(driver.name(), driver);
      if (other != null) {
        throw NameClash.of("driver", driver.name(), other.plugin(), driver.plugin());
      }
    }
  }
}
