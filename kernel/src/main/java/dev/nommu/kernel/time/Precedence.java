package dev.nommu.kernel.time;

/** The end of the run queue to which a thread is added. */
enum Precedence {
  /** Before all others, like an interrupt. */
  FIRST,
  /** Behind all others, like a program. */
  LAST
}
