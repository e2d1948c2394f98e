package dev.nommu.mtd;

import java.util.Objects;

/**
 * A partition that a parser has found. It is truncated at the end of the device, which is logged
 * (rule MTD-16).
 *
 * @param name the name of its MTD
 * @param offset bytes from the start of the device
 * @param size bytes
 * @param writing whether it is writable if the device is
 * @since 0.1.0
 */
public record MtdPart(String name, long offset, long size, Writing writing) {
  /** Whether a partition is writable. */
  public enum Writing {
    /** Writable if the device is. */
    ALLOWED,
    /** Read-only. */
    DENIED
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if an offset or size is negative
   */
  public MtdPart {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(writing, "writing");
    if (offset < 0 || size < 0) {
      throw new IllegalArgumentException(
          "partition \"%s\": expected an offset and a size of 0 or more, found %d and %d"
              .formatted(name, offset, size));
    }
  }

  /** Returns a partition that is writable if the device is. */
  public static MtdPart of(String name, long offset, long size) {
    return new MtdPart(name, offset, size, Writing.ALLOWED);
  }
}
