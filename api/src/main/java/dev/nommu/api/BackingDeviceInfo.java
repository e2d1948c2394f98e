package dev.nommu.api;

import static dev.nommu.api.MapCapability.EXEC_MAP;
import static dev.nommu.api.MapCapability.MAP_COPY;
import static dev.nommu.api.MapCapability.MAP_DIRECT;
import static dev.nommu.api.MapCapability.READ_MAP;
import static dev.nommu.api.MapCapability.WRITE_MAP;

import java.util.Objects;
import java.util.Set;

/**
 * The mappings that a file's backing device permits, as {@code struct backing_dev_info} in Linux
 * (rules BDI-01 to BDI-08).
 *
 * <p>An empty set of capabilities permits nothing: it differs from giving no information, which
 * selects the defaults of rule BDI-03. Immutable; equal if all components are.
 *
 * <p>Made by {@link #of}, so that components can be added without changing callers.
 *
 * @since 0.1.0
 */
public final class BackingDeviceInfo {
  /** Only copies: a regular file on a disk, a block device. */
  public static final BackingDeviceInfo COPY = of(Set.of(MAP_COPY), Backing.DEVICE);

  /** The default of a character device: mapped in place, readable and writable, never copied. */
  public static final BackingDeviceInfo DIRECT_READ_WRITE =
      of(Set.of(MAP_DIRECT, READ_MAP, WRITE_MAP), Backing.DEVICE);

  /** Copied or mapped in place with any protection: a file or device that is memory. */
  public static final BackingDeviceInfo MEMORY = of(Set.of(MapCapability.values()), Backing.MEMORY);

  /** Copied or mapped in place, but not for writing: a ROM, or a file in one. */
  public static final BackingDeviceInfo ROM =
      of(Set.of(MAP_COPY, MAP_DIRECT, READ_MAP, EXEC_MAP), Backing.MEMORY);

  private final Set<MapCapability> capabilities;
  private final Backing backing;

  private BackingDeviceInfo(Set<MapCapability> capabilities, Backing backing) {
    this.capabilities = capabilities;
    this.backing = backing;
  }

  /**
   * Returns information that permits these mappings and no others.
   *
   * @param capabilities the permitted mappings, copied
   * @param backing the kind of backing
   */
  public static BackingDeviceInfo of(Set<MapCapability> capabilities, Backing backing) {
    return new BackingDeviceInfo(Set.copyOf(capabilities), backing);
  }

  /** Returns the permitted mappings; immutable. */
  public Set<MapCapability> capabilities() {
    return capabilities;
  }

  /** Returns the kind of backing. */
  public Backing backing() {
    return backing;
  }

  /**
   * The kind of backing a file has; the document's {@code memory_backed} flag (rule BDI-08). The
   * set may grow.
   */
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

  @Override
  public boolean equals(Object other) {
    return other instanceof BackingDeviceInfo that
        && capabilities.equals(that.capabilities)
        && backing == that.backing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(capabilities, backing);
  }

  /** Returns the permitted mappings and the backing, as {@code [MAP_COPY] on DEVICE}. */
  @Override
  public String toString() {
    return capabilities + " on " + backing;
  }
}
