package dev.nommu.kernel.task;

import java.util.concurrent.atomic.AtomicLong;

/** The personality of one task: bits that are stored and have no effect. Thread-safe. */
final class Personality {
  private static final long BITS = 0xffff_ffffL;

  /** All bits set: returns the personality and leaves it unchanged. */
  private static final long ONLY_ASK = BITS;

  private final AtomicLong bits;

  Personality(long bits) {
    this.bits = new AtomicLong(bits);
  }

  /** Returns the personality of a child of this task. */
  Personality copy() {
    return new Personality(bits.get());
  }

  /**
   * Changes it, as the system call {@code personality}.
   *
   * @param wanted an unsigned int; higher bits are ignored
   * @return the former one
   */
  long change(long wanted) {
    long unsigned = wanted & BITS;
    return unsigned == ONLY_ASK ? bits.get() : bits.getAndSet(unsigned);
  }
}
