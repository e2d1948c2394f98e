package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.device.HostImages;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.HostDirectories;
import java.lang.foreign.Arena;

/** Lets go of everything a machine holds. What fails is logged; the rest goes on. */
final class Shutdown {
  private final FileSystems fileSystems;
  private final HostDirectories hostDirectories;
  private final HostImages images;
  private final Arena arena;
  private final KernelLog log;

  Shutdown(
      FileSystems fileSystems,
      HostDirectories hostDirectories,
      HostImages images,
      Arena arena,
      KernelLog log) {
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
    try {
      fileSystems.closeAll();
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.getMessage());
    }
    hostDirectories.close();
    images.close(log);
    arena.close();
  }
}
