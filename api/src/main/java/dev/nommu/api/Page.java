package dev.nommu.api;

/**
 * The page, the unit in which memory is allocated and mapped.
 *
 * @since 0.1.0
 */
public final class Page {
  /** Bytes in a page. */
  public static final long SIZE = 4096;

  /** The binary logarithm of {@link #SIZE}. */
  public static final int SHIFT = 12;

  private Page() {}

  /** Returns how many pages hold this many bytes; {@code bytes} is 0 or more. */
  public static long count(long bytes) {
    return (bytes >>> SHIFT) + ((bytes & (SIZE - 1)) == 0 ? 0 : 1);
  }

  /** Returns {@code bytes} rounded up to a whole number of pages; wraps to 0 as PAGE_ALIGN does. */
  public static long align(long bytes) {
    return (bytes + SIZE - 1) & -SIZE;
  }

  /** Returns whether this address or offset is a multiple of the page size. */
  public static boolean isAligned(long addressOrOffset) {
    return (addressOrOffset & (SIZE - 1)) == 0;
  }
}
