package dev.nommu.tck;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.interpose.Recorder;

/**
 * A machine with the plugin on it, booted for one test. To be used by one thread.
 *
 * @param machine the machine
 * @param task a process that makes the calls, of the superuser
 * @param setting under what it is tested
 * @param recorder what the plugin was asked and answered; hears nothing of a plugin that is reached
 *     as it is
 */
public record Trial(Machine machine, Task task, Setting setting, Recorder recorder)
    implements AutoCloseable {
  @Override
  public void close() {
    machine.close();
  }
}
