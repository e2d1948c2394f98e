package dev.nommu.kernel.time;

/** The events for which simulated time has to advance while a thread waits. */
public enum TimeNeed {
  /** The deadline of the wait, if it has one. */
  DEADLINE,
  /** The next timer: the thread waits for a device, which acts by timers. */
  TIMERS,
  /** None: the thread runs timers, for which no thread waits. */
  NOTHING,
  /**
   * None: the host is called, and no other thread runs on this one's processor until it returns.
   */
  HOST,
  /** None: machine code waits until time is released ({@link MachineClock#advance}). */
  RELEASE
}
