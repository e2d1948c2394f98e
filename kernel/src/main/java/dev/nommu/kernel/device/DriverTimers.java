package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.wait.Timers;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Creates the timers of one device, which end if its probe fails and when it is unplugged.
 * Thread-safe.
 */
final class DriverTimers {
  private final String driver;
  private final Timers timers;
  private final KernelLog log;

  /**
   * The timers to stop at the end; weak, so that a timer that can no longer be started is
   * forgotten.
   */
  @GuardedBy("this")
  private final Set<DriverTimer> made = Collections.newSetFromMap(new WeakHashMap<>());

  @GuardedBy("this")
  private boolean ended;

  DriverTimers(String driver, Timers timers, KernelLog log) {
    this.driver = driver;
    this.timers = timers;
    this.log = log;
  }

  /** Returns a timer that is not started; it never fires once these timers have ended. */
  synchronized MachineTimer newTimer(String name, Runnable callback) {
    DriverTimer timer = new DriverTimer(driver, name, callback, timers, log);
    if (ended) {
      timer.end();
    } else {
      made.add(timer);
    }
    return timer;
  }

  /** Ends all timers: none fires again. */
  synchronized void end() {
    ended = true;
    made.forEach(DriverTimer::end);
    made.clear();
  }
}
