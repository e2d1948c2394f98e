package dev.nommu.campaign;

/**
 * A range of seeds.
 *
 * @param first the least
 * @param last the greatest; not less than the first
 */
public record Seeds(long first, long last) {
  private static final String BETWEEN = "..";

  /** Requires that there is one, and that they can be counted. */
  public Seeds {
    if (first > last || last - first < 0 || last - first == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "seeds: expected FROM..TO, FROM at most TO and at most 2^63-1 seeds, found %d..%d"
              .formatted(first, last));
    }
  }

  /**
   * Returns the range that is written as {@code 1..1000000}; both ends belong to it.
   *
   * @throws IllegalArgumentException if it is not one; the message says what was expected
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

  /** Returns how many there are, 1 or more. */
  public long count() {
    return last - first + 1;
  }

  /** Returns it as {@code 1..1000000}. */
  @Override
  public String toString() {
    return first + BETWEEN + last;
  }
}
