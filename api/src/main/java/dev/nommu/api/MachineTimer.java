package dev.nommu.api;

import java.time.Duration;

/**
 * A timer of a driver on the machine's clock, as {@code hrtimer}: when it expires, the callback
 * given to {@link DeviceContext#newTimer} is called. It is cancelled when the machine ends; started
 * after that, it does nothing. Thread-safe; may be started and cancelled with any lock held, and by
 * its callback.
 *
 * <p>Simulated time does not advance for a timer alone, but only when a task waits for a device or
 * with a timeout and no program can run: all timers up to that moment expire in order.
 *
 * @since 0.1.0
 */
public interface MachineTimer {
  /**
   * Starts the timer to expire once, replacing an earlier start.
   *
   * @param delay from now; 0 or less expires at once
   */
  void startOnce(Duration delay);

  /**
   * Starts the timer to expire periodically, first after one period, replacing an earlier start. A
   * late machine skips missed expirations.
   *
   * @param period more than 0
   * @throws IllegalArgumentException if it is not
   */
  void startPeriodic(Duration period);

  /** Cancels the timer; a callback that has begun may still be running. */
  void cancel();
}
