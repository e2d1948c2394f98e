package dev.nommu.mtd;

/** Waits for a chip, as {@code ndelay} does. May be used concurrently. */
@FunctionalInterface
interface Delay {
  /** Returns when this many nanoseconds of the machine's time have passed. */
  void nanos(long nanos);
}
