package dev.nommu.campaign;

import java.util.Optional;

/** Gives workers their ranges. Thread-safe. */
interface Leases {
  /** Leases a range, if a free one is left. */
  Optional<Lease> lease(String holder);

  /**
   * Renews the lease while the holder is working.
   *
   * @param seed the current seed
   * @return whether the lease is still valid
   */
  boolean renew(Lease lease, long seed);

  /** Returns whether a lease has neither expired nor been returned. */
  boolean isHeld(Lease lease);

  /** Takes back a range that its holder does not finish, through no fault of the range. */
  void giveBack(Lease lease);

  /** Takes the results of a range. They count even if the lease has expired: the range was run. */
  void complete(Lease lease, Harvest result);
}
