package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PluginFault;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The resources that a driver asked to have closed with its device. Thread-safe. */
final class DeviceResources {
  private final String place;
  private final KernelLog log;

  @GuardedBy("this")
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  /**
   * Creates an empty set of resources of a device.
   *
   * @param place the place of the device, for the log
   */
  DeviceResources(String place, KernelLog log) {
    this.place = place;
    this.log = log;
  }

  synchronized void add(AutoCloseable resource) {
    resources.push(resource);
  }

  private synchronized @Nullable AutoCloseable poll() {
    return resources.poll();
  }

  /** Closes each once, in reverse order; failures are logged. */
  void close() {
    for (AutoCloseable each = poll(); each != null; each = poll()) {
      AutoCloseable resource = each;
      try {
        PluginCall.tell(resource, "close", () -> close(resource));
      } catch (ErrnoException failure) {
        log.print("%s: %s".formatted(place, failure.describe()));
      }
    }
  }

  private static void close(AutoCloseable resource) throws ErrnoException {
    try {
      resource.close();
    } catch (ErrnoException | RuntimeException itself) {
      throw itself;
    } catch (Exception failure) {
      throw new PluginFault(resource, "close", failure);
    }
  }
}
