package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.device.HostImages;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.time.Timers;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.HostDirectories;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;

/** Lets go of everything a machine holds. What fails is logged; the rest goes on. */
final class Shutdown {
  /** For what a timer calls; of the host's time. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Timers timers;
  private final FileSystems fileSystems;
  private final HostDirectories hostDirectories;
  private final HostImages images;
  private final Arena arena;
  private final KernelLog log;

  Shutdown(
      Timers timers,
      FileSystems fileSystems,
      HostDirectories hostDirectories,
      HostImages images,
      Arena arena,
      KernelLog log) {
    this.timers = timers;
    this.fileSystems = fileSystems;
    this.hostDirectories = hostDirectories;
    this.images = images;
    this.arena = arena;
    this.log = log;
  }

  void run() {
    if (!arena.scope().isAlive()) {
      return;
    }
    endTimers();
    try {
      fileSystems.closeAll();
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.getMessage());
    }
    try {
      hostDirectories.close();
    } catch (IOException failure) {
      log.print("shutdown: " + failure);
    }
    images.close(log);
    arena.close();
  }

  private void endTimers() {
    try {
      if (!timers.end(PATIENCE)) {
        log.print("shutdown: what a timer calls does not return");
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
