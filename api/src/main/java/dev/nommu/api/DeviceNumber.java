package dev.nommu.api;

/**
 * A device number, as {@code dev_t} in Linux. Its components are fixed.
 *
 * @param major the driver's number, 0 to 4095
 * @param minor the device's number within the driver, 0 to 1048575
 * @since 0.1.0
 */
public record DeviceNumber(int major, int minor) {
  /** The number of files that are on no device. */
  public static final DeviceNumber NONE = new DeviceNumber(0, 0);

  /** Checks both ranges. */
  public DeviceNumber {
    if (major < 0 || major >= 1 << 12 || minor < 0 || minor >= 1 << 20) {
      throw new IllegalArgumentException("device number " + major + ":" + minor);
    }
  }

  /**
   * Returns {@code major:minor} in lower-case hexadecimal, two digits at least, as in maps files.
   */
  public String toHex() {
    return "%02x:%02x".formatted(major, minor);
  }

  /** Returns {@code major:minor} in decimal, as {@code ls -l} and {@code /proc} show it. */
  @Override
  public String toString() {
    return major + ":" + minor;
  }
}
