package dev.nommu.api;

import java.time.Duration;

/**
 * A timer of a driver, by the machine's clock, as {@code hrtimer}: what it was made with in {@link
 * DeviceContext#newTimer} is called when its time has come. It is cancelled when the machine ends;
 * started after that, it does nothing. Thread-safe, and may be started and cancelled with any lock
 * held, also by what it calls.
 *
 * <p>Simulated time does not pass for the sake of a timer alone, but when a task waits for a device
 * or until a moment and no program can run: all timers up to that moment go off in order.
 *
 * @since 0.1.0
 */
public interface MachineTimer {
  /**
   * Goes off once; if it was started before, that is forgotten.
   *
   * @param delay from now on; 0 or less is at once
   */
  void startOnce(Duration delay);

  /**
   * Goes off again and again, for the first time after one period; if it was started before, that
   * is forgotten. A machine that is late leaves out the times that are over.
   *
   * @param period more than 0
   * @throws IllegalArgumentException if it is not
   */
  void startPeriodic(Duration period);

  /** Does not go off any more; what it has begun to call may still be under way. */
  void cancel();
}
