package dev.nommu.kernel.console;

import dev.nommu.api.DeviceDriver;
import dev.nommu.kernel.log.KernelLog;

/** Makes the driver of each machine's {@code /dev/console}. May be called concurrently. */
@FunctionalInterface
public interface ConsoleFactory {
  /**
   * Returns a driver, which is the first that sets up devices.
   *
   * @param log what the kernel says
   * @param input what is typed
   */
  DeviceDriver make(KernelLog log, Console input);
}
