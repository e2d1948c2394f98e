package dev.nommu.kernel.time;

/** What ended a wait. */
public enum Wakeup {
  /** Somebody woke the thread. */
  WOKEN,
  /** The deadline came. */
  TIMED_OUT,
  /** A signal, or an interrupt of the host's thread, came first: EINTR. */
  INTERRUPTED
}
