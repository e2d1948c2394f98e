package dev.nommu.kernel.task;

import dev.nommu.api.ElfTarget;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.kernel.exec.Execution;
import dev.nommu.kernel.exec.Tracing;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code execve} of one task. Any thread may make it. */
final class ExecCall {
  /** TASK_COMM_LEN, without the zero byte. */
  private static final int NAME_LENGTH = 15;

  private final TaskLife life;
  private final SyscallEntry entry;
  private final MappingCalls mappings;
  private final Subsystems kernel;

  ExecCall(TaskLife life, MappingCalls mappings, Subsystems kernel) {
    this.life = life;
    this.entry = life.entry();
    this.mappings = mappings;
    this.kernel = kernel;
  }

  /** Replaces the memory map by an image; {@link #end} sets the program that runs it. */
  ProcessImage execute(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    return entry.call(() -> replace(path, arguments, environment));
  }

  private ProcessImage replace(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    long dataLimit = life.group().resources().dataLimit();
    try (Execution execution =
        kernel.executor().prepare(life.context(), path, arguments, environment, dataLimit)) {
      begin(nameOf(path));
      return load(execution);
    }
  }

  /**
   * Passes the point of no return. Leaves the old memory map, resumes a parent that waits in vfork,
   * ends other threads of the process, resets signal handlers, copies shared descriptors and closes
   * those with FD_CLOEXEC.
   *
   * @param name the new name of the task
   * @throws ErrnoException ESRCH if the task was killed first, or another thread of the process
   *     executes a file at the same moment and was first
   */
  void begin(String name) throws ErrnoException {
    life.group().zapOtherThreads(life);
    life.requireAlive();
    TaskResources former = life.exchange(kernel.newAddressSpace(), name);
    life.leaveFutexes(former.space());
    leave(former);
    life.released().open();
    life.group().forgetHandlers();
    life.belongings().files().closeOnExec();
  }

  private void leave(TaskResources former) {
    Caller by = new Caller(former.space(), life.group().pid(), life.name());
    former.release(by, kernel.unmapper());
  }

  /** Past the point of no return: a task whose file cannot be loaded is killed. */
  private ProcessImage load(Execution execution) throws ErrnoException {
    Tracing tracing = life.group().tracing().isTraced() ? Tracing.TRACED : Tracing.UNTRACED;
    try {
      return mappings.make(caller -> execution.load(caller, tracing));
    } catch (ErrnoException failure) {
      kernel.log().print("%s[%d]: %s".formatted(life.name(), life.tid(), failure.getMessage()));
      life.exit(new WaitStatus.Signaled(Signal.SIGSEGV));
      throw failure;
    }
  }

  /** Kills the process, as an illegal instruction does. */
  void cannotRun(ProcessImage executed) {
    kernel
        .log()
        .print(
            "%s[%d]: nothing runs the machine code of %s: %s"
                .formatted(
                    life.name(),
                    life.tid(),
                    executed.program(),
                    executed.image().target().map(ElfTarget::toString).orElse("it is not an ELF")));
    life.exit(new WaitStatus.Signaled(Signal.SIGILL));
  }

  /**
   * Runs the program of the image, if there is one; see {@link TaskLife#replace}. Notifies a tracer
   * first.
   */
  void end(Optional<Callable<Integer>> program) {
    life.group().tracing().executed();
    life.replace(program);
  }

  private static String nameOf(String path) {
    byte[] name = FileNames.encode(path.substring(path.lastIndexOf('/') + 1));
    return FileNames.decode(Arrays.copyOf(name, Math.min(name.length, NAME_LENGTH)));
  }
}
