package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.device.HostImages;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.HostDirectories;
import java.io.IOException;
import java.lang.foreign.Arena;

/** Lets go of everything a machine holds. What fails is logged; the rest goes on. */
final class Shutdown {
  private static final long MILLISECONDS_BETWEEN_ATTEMPTS = 10;

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
    attempt(fileSystems::closeAll);
    attempt(hostDirectories::close);
    attempt(() -> images.close(log));
    attempt(this::closeArena);
  }

  private interface Step {
    void run() throws ErrnoException, IOException, InterruptedException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.getMessage());
    } catch (IOException | InterruptedException | RuntimeException | Error failure) {
      log.print("shutdown: " + failure);
    }
  }

  /** The host may be reading into the memory, or writing it, for a thread that nobody waits for. */
  private void closeArena() throws InterruptedException {
    while (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException inUse) {
        Thread.sleep(MILLISECONDS_BETWEEN_ATTEMPTS);
      }
    }
  }
}
