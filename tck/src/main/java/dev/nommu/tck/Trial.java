package dev.nommu.tck;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.interpose.Recorder;

/**
 * A machine with the plugin on it, booted for one test. To be used by one thread.
 *
 * @param machine the machine
 * @param task a process of the superuser that makes the calls
 * @param setting the conditions of the test
 * @param recorder records the calls of the plugin and its answers; empty for a direct plugin
 */
public record Trial(Machine machine, Task task, Setting setting, Recorder recorder)
    implements AutoCloseable {
  @Override
  public void close() {
    machine.close();
  }
}
