package dev.nommu.kernel.time;

/** For what simulated time has to go on while a thread waits. */
public enum TimeNeed {
  /** For the deadline of the wait, if it has one. */
  DEADLINE,
  /** For whatever timer goes off next: the thread waits for a device, which acts by timers. */
  TIMERS,
  /** For nothing: it is what timers run on, and nobody waits for them. */
  NOTHING,
  /** For nothing: the host is asked, and nobody runs on the thread's processor until it answers. */
  HOST,
  /** For nothing: machine code waits until time is released ({@link MachineClock#advance}). */
  RELEASE
}
