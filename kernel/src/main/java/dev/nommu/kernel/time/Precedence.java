package dev.nommu.kernel.time;

/** Where a thread that asks for a processor is put among those who wait for one. */
enum Precedence {
  /** Before all others, as an interrupt. */
  FIRST,
  /** Behind all others, as a program. */
  LAST
}
