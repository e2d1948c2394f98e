package dev.nommu.campaign;

/**
 * A range of seeds.
 *
 * @param first the least
 * @param last the greatest; not less than the first
 */
public record Seeds(long first, long last) {
  private static final String BETWEEN = "..";

  /** Checks that the range is not empty, and that its size fits in a long. */
  public Seeds {
    if (first > last || last - first < 0 || last - first == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "seeds: expected FROM..TO, FROM at most TO and at most 2^63-1 seeds, found %d..%d"
              .formatted(first, last));
    }
  }

  /**
   * Returns a range written as {@code 1..1000000}, both ends inclusive.
   *
   * @throws IllegalArgumentException if it is malformed; the message states the expected form
   */
  public static Seeds parse(String text) {
    int between = text.indexOf(BETWEEN);
    try {
      return new Seeds(
          Long.parseLong(text.substring(0, Math.max(between, 0))),
          Long.parseLong(text.substring(between + BETWEEN.length())));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "seeds: expected FROM..TO, as 1..1000000, found '%s'".formatted(text), malformed);
    }
  }

  /** Returns the number of seeds, 1 or more. */
  public long count() {
    return last - first + 1;
  }

  /** Returns it as {@code 1..1000000}. */
  @Override
  public String toString() {
    return first + BETWEEN + last;
  }
}
