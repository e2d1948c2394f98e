package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.exec.Execution;
import dev.nommu.kernel.exec.Tracing;
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
    LoadedImage image;
    String program;
    try (Execution execution = prepare(path, arguments, environment)) {
      life.beginExec(machine.newAddressSpace(), nameOf(path));
      image = load(execution);
      program = execution.program();
    }
    life.finishExec(machine.programs().find(program));
    return image;
  }

  private Execution prepare(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    return life.waiting(() ->
        task.tree()
            .as(() ->
                kernel
                    .executor()
                    .prepare(
                        task.tree().context(),
                        path,
                        arguments,
                        environment,
                        life.group().dataLimit())));
  }

  /** There is no way back: whoever cannot be loaded is killed. */
  private LoadedImage load(Execution execution) throws ErrnoException {
    Tracing tracing = life.group().tracing().isTraced() ? Tracing.TRACED : Tracing.UNTRACED;
    try {
      return life.mapping(caller -> execution.load(caller, tracing)).image();
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
