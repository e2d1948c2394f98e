package dev.nommu.campaign;

import java.util.Optional;

/** The ranges of a campaign, for other processes that run some. Thread-safe. */
public interface Ranges {
  /** Leases a range, if a free one is left. */
  Optional<Lease> lease(String holder);

  /** Reports that a leased range is queued: it has not started, and its holder is alive. */
  void keep(Lease lease);

  /**
   * Reports that a leased range is running. Without either report for as long as a seed may take,
   * the range is leased to another holder.
   *
   * @param seed the current seed
   * @return whether the lease is still valid
   */
  boolean renew(Lease lease, long seed);

  /** Returns whether a lease has neither expired nor been returned. */
  boolean isHeld(Lease lease);

  /** Reports that a holder has gone: its ranges are leased to others. */
  void gone(String holder);

  /**
   * Enters the results of a range, as returned by {@link RangeRun#results}. A range counts once.
   *
   * @throws IllegalArgumentException if the text is malformed
   */
  void enter(Lease lease, String result);
}
