package dev.nommu.mtd;

/** Lets time pass while a driver waits for a chip, as {@code ndelay}. May be used concurrently. */
@FunctionalInterface
interface Delay {
  /** Returns when so many nanoseconds of the machine's time have passed. */
  void nanos(long nanos);
}
