package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.exec.Execution;
import dev.nommu.kernel.exec.Tracing;
import dev.nommu.kernel.mm.Executed;
import dev.nommu.kernel.process.Signal;
import dev.nommu.kernel.process.WaitStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** {@code execve} of one task. */
final class ExecCall {
  /** TASK_COMM_LEN, without the zero byte. */
  private static final int NAME_LENGTH = 15;

  private final Task task;
  private final TaskLife life;
  private final Machine machine;
  private final Subsystems kernel;

  ExecCall(Task task, TaskLife life, Machine machine, Subsystems kernel) {
    this.task = task;
    this.life = life;
    this.machine = machine;
    this.kernel = kernel;
  }

  LoadedImage execute(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    Executed executed = life.call(() -> replace(path, arguments, environment));
    life.finishExec(machine.programs().find(executed.program()));
    return executed.image();
  }

  private Executed replace(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    long dataLimit = life.group().dataLimit();
    try (Execution execution =
        kernel.executor().prepare(life.context(), path, arguments, environment, dataLimit)) {
      life.beginExec(machine.newAddressSpace(), nameOf(path));
      return load(execution);
    }
  }

  /** There is no way back: whoever cannot be loaded is killed. */
  private Executed load(Execution execution) throws ErrnoException {
    Tracing tracing = life.group().tracing().isTraced() ? Tracing.TRACED : Tracing.UNTRACED;
    try {
      return life.mapping(caller -> execution.load(caller, tracing));
    } catch (ErrnoException failure) {
      machine.log().print("%s[%d]: %s".formatted(task.name(), task.tid(), failure.getMessage()));
      life.exit(new WaitStatus.Signaled(Signal.SIGSEGV));
      throw failure;
    }
  }

  private static String nameOf(String path) {
    byte[] name = path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
    return new String(
        Arrays.copyOf(name, Math.min(name.length, NAME_LENGTH)), StandardCharsets.UTF_8);
  }
}
