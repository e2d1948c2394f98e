package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.ScopedValue.CallableOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The devices that drivers registered in {@code /sys/class} (rule PROC-18). Thread-safe; no driver
 * is called with the monitor held.
 */
public final class ClassDevices {
  /**
   * A device.
   *
   * @param deviceClass the directory below {@code /sys/class}
   * @param name its directory there
   * @param attributes its files by name, in order
   */
  public record ClassDevice(
      String deviceClass, String name, Map<String, CallableOp<String, ErrnoException>> attributes) {
    private String path() {
      return "/sys/class/" + deviceClass + "/" + name;
    }
  }

  @GuardedBy("this")
  private final TreeMap<String, ClassDevice> byPath = new TreeMap<>();

  @GuardedBy("this")
  private final Map<Territory, List<String>> registered = new LinkedHashMap<>();

  /** Creates an empty table. */
  ClassDevices() {}

  /**
   * Adds a device.
   *
   * @param attributes the driver's suppliers of the texts, called through the fence
   * @throws ErrnoException EINVAL for an invalid name, EBUSY if another device already has the path
   */
  void add(
      String deviceClass,
      String name,
      Map<String, Supplier<String>> attributes,
      Territory territory)
      throws ErrnoException {
    DriverNames.requireNames(deviceClass, name);
    ClassDevice device =
        new ClassDevice(deviceClass, name, fenced(deviceClass + "/" + name, attributes));
    synchronized (this) {
      if (byPath.putIfAbsent(device.path(), device) != null) {
        throw new ErrnoException(
            Errno.EBUSY, "register " + device.path() + ": another device already has this name");
      }
      registered.computeIfAbsent(territory, absent -> new ArrayList<>()).add(device.path());
    }
  }

  private static Map<String, CallableOp<String, ErrnoException>> fenced(
      String device, Map<String, Supplier<String>> attributes) throws ErrnoException {
    Map<String, CallableOp<String, ErrnoException>> fenced = new LinkedHashMap<>();
    for (Map.Entry<String, Supplier<String>> each : attributes.entrySet()) {
      DriverNames.requireNames(each.getKey());
      Supplier<String> text = each.getValue();
      String what = "text of /sys/class/" + device + "/" + each.getKey();
      fenced.put(each.getKey(), () -> PluginCall.ask(text, what, text::get));
    }
    return Collections.unmodifiableMap(fenced);
  }

  /** Removes everything registered for a territory. */
  synchronized void removeAll(Territory territory) {
    List<String> paths = registered.remove(territory);
    if (paths != null) {
      byPath.keySet().removeAll(paths);
    }
  }

  /** Returns all devices, by class and name. */
  public synchronized List<ClassDevice> all() {
    return List.copyOf(byPath.values());
  }
}
