package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.wait.Timers;
import java.time.Duration;

/** A timer of a driver; its callback is called through the fence of plugins. */
final class DriverTimer implements MachineTimer {
  private final String name;
  private final Runnable callback;
  private final KernelLog log;
  private final MachineTimer timer;

  @GuardedBy("this")
  private boolean ended;

  DriverTimer(String driver, String name, Runnable callback, Timers timers, KernelLog log) {
    this.name = name;
    this.callback = callback;
    this.log = log;
    this.timer =
        timers.newTimer("the timer \"%s\" of the driver %s".formatted(name, driver), this::goOff);
  }

  private void goOff() {
    try {
      PluginCall.tell(callback, "timer \"" + name + "\"", callback::run);
    } catch (ErrnoException failure) {
      cancel();
      log.print(failure.getMessage() + ": it is cancelled");
    }
  }

  /** Cancels it permanently: starting it again does nothing. */
  synchronized void end() {
    ended = true;
    timer.cancel();
  }

  @Override
  public synchronized void startOnce(Duration delay) {
    if (!ended) {
      timer.startOnce(delay);
    }
  }

  @Override
  public synchronized void startPeriodic(Duration period) {
    if (!ended) {
      timer.startPeriodic(period);
    }
  }

  @Override
  public void cancel() {
    timer.cancel();
  }
}
