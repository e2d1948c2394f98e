package dev.nommu.kernel.log;

/**
 * How often something is said: ten times in five seconds, as {@code struct ratelimit_state} with
 * DEFAULT_RATELIMIT_BURST and DEFAULT_RATELIMIT_INTERVAL. Guarded by the log that has it.
 */
final class RateLimit {
  private static final int BURST = 10;
  private static final long INTERVAL = 5_000_000_000L;

  private long begin;
  private int said;
  private int suppressed;

  /** Creates a limit whose first interval begins. */
  RateLimit(long now) {
    this.begin = now;
  }

  /**
   * Begins another interval if one is over.
   *
   * @return how many messages the interval that is over suppressed
   */
  int renew(long now) {
    if (now - begin < INTERVAL) {
      return 0;
    }
    int before = suppressed;
    begin = now;
    said = 0;
    suppressed = 0;
    return before;
  }

  /** Returns whether it may be said once more. */
  boolean permits() {
    if (said == BURST) {
      suppressed++;
      return false;
    }
    said++;
    return true;
  }
}
