package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.proc.Processors;
import dev.nommu.kernel.process.ProcessTable;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** The calls of a task about the machine that it runs on. Any thread may make them. */
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
   * What {@code sysinfo} says. Does not grow.
   *
   * @param uptime since the machine was made
   * @param totalMemory bytes of RAM that the kernel has not kept
   * @param freeMemory bytes
   * @param processes zombies among them
   */
  public record SystemInfo(Duration uptime, long totalMemory, long freeMemory, int processes) {}

  /** Returns how the machine is: {@code sysinfo}. */
  public SystemInfo sysinfo() throws ErrnoException {
    entry.handleSignals();
    return new SystemInfo(
        Duration.ofNanos(kernel.clock().nanos()),
        kernel.allocator().totalPages() * Page.SIZE,
        kernel.allocator().freePages() * Page.SIZE,
        processes.all().size());
  }

  /**
   * Returns when what the board keeps in files of the host is on the host's disk: {@code sync}
   * (rule FILE-16). Where that fails, the log says so.
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

  /** Returns how many processors the machine's tree names; 1 or more. */
  public int processors() {
    return Processors.in(kernel.parts().board().tree()).count();
  }

  /** Fills memory with numbers that are the same in every run: {@code getrandom} (JOB-07). */
  public void getrandom(MemorySegment into) throws ErrnoException {
    entry.handleSignals();
    random.fill(into);
  }
}
