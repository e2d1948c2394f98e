package dev.nommu.kernel.log;

/**
 * A limit of ten messages in five seconds, as {@code struct ratelimit_state} with
 * DEFAULT_RATELIMIT_BURST and DEFAULT_RATELIMIT_INTERVAL. Guarded by the log that owns it.
 */
final class RateLimit {
  private static final int BURST = 10;
  private static final long INTERVAL = 5_000_000_000L;

  private long begin;
  private int said;
  private int suppressed;

  /** Creates a limit whose first interval begins now. */
  RateLimit(long now) {
    this.begin = now;
  }

  /**
   * Begins a new interval if the current one is over.
   *
   * @return the number of messages suppressed in the interval that ended
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

  /** Returns whether another message is permitted. */
  boolean permits() {
    if (said == BURST) {
      suppressed++;
      return false;
    }
    said++;
    return true;
  }
}
