package dev.nommu.campaign;

import java.util.Optional;

/** The ranges of a campaign, for those that other processes run. Thread-safe. */
public interface Ranges {
  /** Leases a range, if one is left that nobody runs. */
  Optional<Lease> lease(String holder);

  /** Says that a leased range is waited for: it is not run yet, and its holder is there. */
  void keep(Lease lease);

  /**
   * Says that a leased range is run. If neither is said for as long as a seed may take, the range
   * is leased to somebody else.
   *
   * @param seed that is run now
   * @return whether the lease is still its own
   */
  boolean renew(Lease lease, long seed);

  /** Returns whether a lease is neither over nor given back. */
  boolean isHeld(Lease lease);

  /** Says that a holder has gone: its ranges are leased to others. */
  void gone(String holder);

  /**
   * Enters what came of a range, as {@link RangeRun#results} has it. A range counts once.
   *
   * @throws IllegalArgumentException if it is something else
   */
  void enter(Lease lease, String result);
}
