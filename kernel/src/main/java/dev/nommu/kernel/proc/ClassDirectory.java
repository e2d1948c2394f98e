package dev.nommu.kernel.proc;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.kernel.device.ClassDevices;
import dev.nommu.kernel.device.ClassDevices.ClassDevice;
import java.lang.ScopedValue.CallableOp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code /sys/class}: a directory for each class, with one for each device in it (rule PROC-18).
 * All devices are registered before the first look-up, so each keeps its inode numbers.
 */
final class ClassDirectory {
  private final ClassDevices devices;
  private long number;

  private ClassDirectory(ClassDevices devices, long first) {
    this.devices = devices;
    this.number = first;
  }

  /**
   * Returns the classes by name.
   *
   * @param first the first of consecutive inode numbers
   */
  static Map<String, Inode> of(ClassDevices devices, long first) {
    return new ClassDirectory(devices, first).classes();
  }

  private Map<String, Inode> classes() {
    Map<String, Map<String, Inode>> members = new TreeMap<>();
    for (ClassDevice device : devices.all()) {
      members
          .computeIfAbsent(device.deviceClass(), name -> new LinkedHashMap<>())
          .put(device.name(), directory(files(device.attributes())));
    }
    Map<String, Inode> classes = new LinkedHashMap<>();
    members.forEach((name, inodes) -> classes.put(name, directory(inodes)));
    return classes;
  }

  private Map<String, Inode> files(Map<String, CallableOp<String, ErrnoException>> attributes) {
    Map<String, Inode> files = new LinkedHashMap<>();
    attributes.forEach((name, text) -> files.put(name, PseudoFile.text(number++, text)));
    return files;
  }

  private Inode directory(Map<String, Inode> entries) {
    return new PseudoDirectory(number++, () -> entries);
  }
}
