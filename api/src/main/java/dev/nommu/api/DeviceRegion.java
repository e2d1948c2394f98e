package dev.nommu.api;

/**
 * A range of minor numbers of one major that belongs to a driver, as {@code register_chrdev_region}
 * and {@code register_blkdev} in Linux. {@code /proc/devices} lists it, even if it has no devices.
 * Its components are fixed.
 *
 * @param kind whether the numbers are those of character or of block devices
 * @param name as shown in {@code /proc/devices}, such as {@code "fb"}
 * @param first the first number
 * @param minors how many there are, from 1 to the end of the major
 * @param absent the error returned when opening a number with no device: ENXIO, or the errno of the
 *     driver's {@code open} in Linux, such as ENODEV
 * @since 0.1.0
 */
public record DeviceRegion(
    DeviceFile.Kind kind, String name, DeviceNumber first, int minors, Errno absent) {
  private static final int MINORS_OF_A_MAJOR = 1 << 20;

  /** Checks the range. */
  public DeviceRegion {
    if (minors < 1 || minors > MINORS_OF_A_MAJOR - first.minor()) {
      throw new IllegalArgumentException(
          "%s: %d minors from %d:%d".formatted(name, minors, first.major(), first.minor()));
    }
  }

  /** Returns a region of all numbers of a major. */
  public static DeviceRegion ofMajor(DeviceFile.Kind kind, String name, int major, Errno absent) {
    return new DeviceRegion(kind, name, new DeviceNumber(major, 0), MINORS_OF_A_MAJOR, absent);
  }

  /** Returns whether a number of a kind of device is in this region. */
  public boolean contains(DeviceFile.Kind wanted, DeviceNumber number) {
    return kind == wanted
        && first.major() == number.major()
        && number.minor() - first.minor() >= 0
        && number.minor() - first.minor() < minors;
  }

  /** Returns whether the regions overlap. */
  public boolean overlaps(DeviceRegion other) {
    return contains(other.kind, other.first) || other.contains(kind, first);
  }

  /** Returns the name and the numbers: {@code fb, CHARACTER devices 29:0 to 29:255}. */
  @Override
  public String toString() {
    return "%s, %s devices %d:%d to %3$d:%5$d"
        .formatted(name, kind, first.major(), first.minor(), first.minor() + minors - 1);
  }
}
