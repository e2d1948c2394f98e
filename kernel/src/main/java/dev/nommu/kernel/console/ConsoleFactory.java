package dev.nommu.kernel.console;

import dev.nommu.api.DeviceDriver;
import dev.nommu.kernel.log.KernelLog;

/** Makes the driver of each machine's {@code /dev/console}. May be called concurrently. */
@FunctionalInterface
public interface ConsoleFactory {
  /**
   * Returns a driver, which is the first to set up devices.
   *
   * @param log the kernel log
   * @param input the typed input
   */
  DeviceDriver make(KernelLog log, Console input);
}
