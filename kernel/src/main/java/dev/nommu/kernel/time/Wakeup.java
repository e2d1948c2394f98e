package dev.nommu.kernel.time;

/** The reason a wait ended. */
public enum Wakeup {
  /** Another thread woke it. */
  WOKEN,
  /** The deadline came. */
  TIMED_OUT,
  /** A signal, or an interrupt of the host's thread, came first: EINTR. */
  INTERRUPTED
}
