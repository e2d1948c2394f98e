package dev.nommu.kernel.time;

/** The end of the run queue at which a thread is put. */
enum Precedence {
  /** Before all others, as an interrupt. */
  FIRST,
  /** Behind all others, as a program. */
  LAST
}
