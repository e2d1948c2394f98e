package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.kernel.mmap.Rule;

/** The plan for a mapping request. */
public sealed interface Plan {
  /** The action taken when a driver declines a mapping in place. */
  enum WhenDeclined {
    /** The request fails with ENODEV. */
    REFUSE,
    /** A private copy is made. */
    COPY
  }

  /** Which requests may share a mapping. */
  enum Use {
    /** Later requests for the same part of the file (VM_MAYSHARE or VM_MAYOVERLAY). */
    SHAREABLE,
    /** No other request. */
    OWN
  }

  /**
   * The request fails.
   *
   * @param errno the error
   * @param rule the rule that refuses it
   */
  record Refused(Errno errno, Rule rule) implements Plan {}

  /** Newly allocated zeroed pages, for both MAP_SHARED and MAP_PRIVATE. */
  record Anonymous() implements Plan {}

  /**
   * The store itself is mapped if the driver agrees.
   *
   * @param whenDeclined the action if it does not
   */
  record InPlace(WhenDeclined whenDeclined) implements Plan {}

  /**
   * Pages are allocated and the file is read into them.
   *
   * @param use which requests may share them
   */
  record Copied(Use use) implements Plan {}
}
