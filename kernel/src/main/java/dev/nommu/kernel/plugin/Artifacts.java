package dev.nommu.kernel.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The artifacts of this project that contain the plugins, for messages about a missing one. */
public final class Artifacts {
  private static final Map<String, String> OF_COMPATIBLE =
      Map.of(
          "cfi-flash", "nommu-mtd",
          "mtd-ram", "nommu-mtd",
          "mtd-rom", "nommu-mtd",
          "simple-framebuffer", "nommu-chardev-fb",
          "virtio,mmio", "nommu-blockdev");
  private static final Map<String, String> OF_TYPE =
      Map.of(
          "cramfs", "nommu-cramfs",
          "hostfs", "nommu-hostfs",
          "ramfs", "nommu-ramfs",
          "romfs", "nommu-romfs",
          "tmpfs", "nommu-ramfs");

  private Artifacts() {}

  /** Returns the {@code compatible} strings of all drivers. */
  public static Set<String> compatible() {
    return OF_COMPATIBLE.keySet();
  }

  /** Returns the names of all types of file system. */
  public static Set<String> types() {
    return OF_TYPE.keySet();
  }

  /** Returns the artifact that contains the driver of a {@code compatible} string, or empty. */
  public static Optional<String> ofCompatible(String compatible) {
    return Optional.ofNullable(OF_COMPATIBLE.get(compatible));
  }

  /** Returns the artifact that contains a type of file system, or empty. */
  public static Optional<String> ofType(String name) {
    return Optional.ofNullable(OF_TYPE.get(name));
  }
}
