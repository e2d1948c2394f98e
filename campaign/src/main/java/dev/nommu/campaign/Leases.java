package dev.nommu.campaign;

import java.util.Optional;

/** Where workers get their ranges. Thread-safe. */
interface Leases {
  /** Leases a range, if one is left that nobody runs. */
  Optional<Lease> lease(String holder);

  /**
   * Says that the holder is at work.
   *
   * @param seed that is run now
   * @return whether the lease is still its own
   */
  boolean renew(Lease lease, long seed);

  /** Returns whether a lease is neither over nor given back. */
  boolean isHeld(Lease lease);

  /** Takes a range back that its holder does not finish, through no fault of the range. */
  void giveBack(Lease lease);

  /** Takes what came of a range. It counts even if the lease is over: the range was run. */
  void complete(Lease lease, Harvest result);
}
