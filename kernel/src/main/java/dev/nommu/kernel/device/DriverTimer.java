package dev.nommu.kernel.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.time.Timers;
import java.time.Duration;

/** A timer of a driver: what it calls is called as a plugin is. */
final class DriverTimer implements MachineTimer {
  private final String name;
  private final Runnable callback;
  private final KernelLog log;
  private final MachineTimer timer;

  DriverTimer(String name, Runnable callback, Timers timers, KernelLog log) {
    this.name = name;
    this.callback = callback;
    this.log = log;
    this.timer = timers.newTimer(this::goOff);
  }

  private void goOff() {
    try {
      PluginCall.tell(callback, "timer \"" + name + "\"", callback::run);
    } catch (ErrnoException failure) {
      cancel();
      log.print(failure.getMessage() + ": it is cancelled");
    }
  }

  @Override
  public void startOnce(Duration delay) {
    timer.startOnce(delay);
  }

  @Override
  public void startPeriodic(Duration period) {
    timer.startPeriodic(period);
  }

  @Override
  public void cancel() {
    timer.cancel();
  }
}
