package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.wait.Timers;
import java.util.ArrayList;
import java.util.List;

/** Makes the timers of one call of a driver, which end if the call fails. Thread-safe. */
final class DriverTimers {
  private final String driver;
  private final Timers timers;
  private final KernelLog log;

  /** What ends if the call fails. */
  @GuardedBy("this")
  private final List<DriverTimer> made = new ArrayList<>();

  @GuardedBy("this")
  private Call call = Call.UNDER_WAY;

  private enum Call {
    UNDER_WAY,
    SUCCEEDED,
    FAILED
  }

  DriverTimers(String driver, Timers timers, KernelLog log) {
    this.driver = driver;
    this.timers = timers;
    this.log = log;
  }

  /** Returns a timer that is not started, and never goes off if the call has failed. */
  synchronized MachineTimer newTimer(String name, Runnable callback) {
    DriverTimer timer = new DriverTimer(driver, name, callback, timers, log);
    switch (call) {
      case UNDER_WAY -> made.add(timer);
      case SUCCEEDED -> {}
      case FAILED -> timer.end();
    }
    return timer;
  }

  /** The call has succeeded: its timers stay. */
  synchronized void keep() {
    call = Call.SUCCEEDED;
    made.clear();
  }

  /** The call has failed: its timers never go off again. */
  synchronized void end() {
    call = Call.FAILED;
    made.forEach(DriverTimer::end);
    made.clear();
  }
}
