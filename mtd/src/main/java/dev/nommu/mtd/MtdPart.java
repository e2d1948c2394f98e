package dev.nommu.mtd;

import java.util.Objects;

/**
 * A partition that a parser has found. The part beyond the end of the device is cut off, which is
 * logged (rule MTD-16).
 *
 * @param name the name of its MTD
 * @param offset where it begins, bytes from the start of the device
 * @param size bytes
 * @param writing whether it can be written where the device can
 * @since 0.1.0
 */
public record MtdPart(String name, long offset, long size, Writing writing) {
  /** Whether a partition can be written. */
  public enum Writing {
    /** As the device can. */
    ALLOWED,
    /** It cannot. */
    DENIED
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
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

  /** Returns a partition that can be written where the device can. */
  public static MtdPart of(String name, long offset, long size) {
    return new MtdPart(name, offset, size, Writing.ALLOWED);
  }
}
