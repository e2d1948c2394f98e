package dev.nommu.api;

import static dev.nommu.api.MapCapability.EXEC_MAP;
import static dev.nommu.api.MapCapability.MAP_COPY;
import static dev.nommu.api.MapCapability.MAP_DIRECT;
import static dev.nommu.api.MapCapability.READ_MAP;
import static dev.nommu.api.MapCapability.WRITE_MAP;

import java.util.Set;

/**
 * What a file's backing device permits, as {@code struct backing_dev_info} in Linux (rules BDI-01
 * to BDI-08).
 *
 * <p>An empty set of capabilities permits nothing: it is not the same as giving no information,
 * which leads to the defaults of rule BDI-03.
 *
 * @param capabilities what is permitted; immutable
 * @param backing what is underneath
 */
public record BackingDeviceInfo(Set<MapCapability> capabilities, Backing backing) {
  /** Only copies: a regular file on a disk, a block device. */
  public static final BackingDeviceInfo COPY =
      new BackingDeviceInfo(Set.of(MAP_COPY), Backing.DEVICE);

  /** The default of a character device: mapped in place, readable and writable, never copied. */
  public static final BackingDeviceInfo DIRECT_READ_WRITE =
      new BackingDeviceInfo(Set.of(MAP_DIRECT, READ_MAP, WRITE_MAP), Backing.DEVICE);

  /** Copied or mapped in place with any protection: a file or device that is memory. */
  public static final BackingDeviceInfo MEMORY =
      new BackingDeviceInfo(Set.of(MapCapability.values()), Backing.MEMORY);

  /** Copied or mapped in place, but not for writing: a ROM, or what lies in one. */
  public static final BackingDeviceInfo ROM =
      new BackingDeviceInfo(Set.of(MAP_COPY, MAP_DIRECT, READ_MAP, EXEC_MAP), Backing.MEMORY);

  /** Takes an immutable copy of the capabilities. */
  public BackingDeviceInfo {
    capabilities = Set.copyOf(capabilities);
  }

  /** What is underneath a file; the document's {@code memory_backed} flag (rule BDI-08). */
  public enum Backing {
    /** A device that is read and written. */
    DEVICE,
    /** Memory that can be addressed. */
    MEMORY
  }

  /** Returns whether this is permitted. */
  public boolean permits(MapCapability capability) {
    return capabilities.contains(capability);
  }
}
