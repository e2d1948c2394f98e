package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.proc.Processors;
import dev.nommu.kernel.process.ProcessTable;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** The calls of a task about its machine. Any thread may make them. */
public final class SystemCalls {
  private final SyscallEntry entry;
  private final Subsystems kernel;
  private final ProcessTable processes;
  private final RandomBytes random;

  SystemCalls(TaskLife life, Subsystems kernel, ProcessTable processes, RandomBytes random) {
    this.entry = life.entry();
    this.kernel = kernel;
    this.processes = processes;
    this.random = random;
  }

  /**
   * The result of {@code sysinfo}.
   *
   * @param uptime since the machine was created
   * @param totalMemory bytes of RAM without the kernel's own
   * @param freeMemory bytes
   * @param processes including zombies
   */
  public record SystemInfo(Duration uptime, long totalMemory, long freeMemory, int processes) {}

  /** Returns the state of the machine: {@code sysinfo}. */
  public SystemInfo sysinfo() throws ErrnoException {
    entry.handleSignals();
    return new SystemInfo(
        Duration.ofNanos(kernel.clock().nanos()),
        kernel.allocator().totalPages() * Page.SIZE,
        kernel.allocator().freePages() * Page.SIZE,
        processes.all().size());
  }

  /**
   * Writes data that the board stores in host files to the host's disk, and waits for it: {@code
   * sync} (rule FILE-16). Failures are logged.
   */
  public void sync() throws ErrnoException {
    entry.handleSignals();
    for (DeviceRegistry.Device device : kernel.devices().devices()) {
      try {
        device.territory().sync();
      } catch (ErrnoException failure) {
        kernel.parts().log().print("sync of " + device + ": " + failure.describe());
      }
    }
  }

  /** Returns the number of processors in the machine's tree; 1 or more. */
  public int processors() {
    return Processors.in(kernel.parts().board().tree()).count();
  }

  /** Fills memory with the same numbers in every run: {@code getrandom} (JOB-07). */
  public void getrandom(MemorySegment into) throws ErrnoException {
    entry.handleSignals();
    random.fill(into);
  }
}
