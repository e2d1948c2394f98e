package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.returned;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.FutexArguments;
import dev.nommu.kernel.ipc.Timespec;
import dev.nommu.kernel.signal.Waited;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import java.util.Optional;

/** The calls between processes, and those that make and trace them. */
final class IpcAnswers {
  private static final int CHILD_STATUS = 7;
  private static final long MILLISECONDS_A_SECOND = 1000;
  private static final long NANOSECONDS_A_MILLISECOND = 1_000_000;

  private final Task task;

  IpcAnswers(Task task) {
    this.task = task;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException {
    return switch (call) {
      case PERSONALITY -> returned(task.processes().personality(of.number(0)));
      case MEMFD_CREATE ->
          returned(task.unnamedFiles().memfdCreate(of.path(0), (int) of.number(1)));
      case PIPE -> pipe((int) of.number(0, 0));
      case SHMGET, SHMAT, SHMDT, SHMCTL -> new ShmAnswers(task.ipc()).answer(call, of);
      case PTRACE -> ptrace(of);
      case FUTEX -> futex(of);
      case GETPID -> returned(task.pid());
      case KILL -> kill((int) of.number(0), (int) of.number(1));
      case WAITPID -> waitpid((int) of.number(0), (int) of.number(1, 0));
      case FORK -> childRan(task.processes().fork());
      case CLONE -> childRan(task.processes().clone(of.number(0)));
      default -> throw new IllegalArgumentException("not a call between processes: " + call);
    };
  }

  private Answer pipe(int flags) throws ErrnoException {
    PipeDescriptors ends = task.unnamedFiles().pipe2(flags);
    return new Answer.Pipe(ends.read(), ends.write());
  }

  private Answer kill(int pid, int signal) throws ErrnoException {
    task.processes().kill(pid, signal);
    return returned(0);
  }

  private Answer waitpid(int pid, int options) throws ErrnoException {
    return returned(task.processes().waitpid(pid, options).map(Waited::pid).orElse(0));
  }

  /** The child of a scenario ends at once, with status 7. */
  private static Answer childRan(Task child) {
    child.exit();
    return new Answer.ChildRan(CHILD_STATUS << Byte.SIZE);
  }

  /** The fourth argument is a time in milliseconds, or how many of the others. */
  private Answer futex(Arguments of) throws ErrnoException {
    long fourth = of.number(3, 0);
    Optional<Timespec> timeout =
        of.size() > 3 ? Optional.of(milliseconds(fourth)) : Optional.empty();
    return returned(
        task.ipc()
            .futex(
                new FutexArguments(
                    of.number(0),
                    (int) of.number(1),
                    (int) of.number(2),
                    timeout,
                    (int) fourth,
                    of.number(4, 0),
                    (int) of.number(5, 0))));
  }

  private static Timespec milliseconds(long time) {
    return new Timespec(
        Math.floorDiv(time, MILLISECONDS_A_SECOND),
        Math.floorMod(time, MILLISECONDS_A_SECOND) * NANOSECONDS_A_MILLISECOND);
  }

  private Answer ptrace(Arguments of) throws ErrnoException {
    int pid = (int) of.number(1, 0);
    return returned(
        task.ptrace().ptrace((int) of.number(0), pid, of.number(2, 0), of.number(3, 0)));
  }
}
