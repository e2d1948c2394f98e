package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.done;
import static dev.nommu.scenario.FileAnswers.returned;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Task;
import dev.nommu.kernel.ipc.Futexes.Scope;
import java.time.Duration;
import java.util.Optional;

/** The calls between processes, and those that make and trace them. */
final class IpcAnswers {
  private static final int FUTEX_WAIT = 0;
  private static final int FUTEX_WAKE = 1;
  private static final int FUTEX_PRIVATE = 128;
  private static final int CHILD_STATUS = 7;

  private final Task task;

  IpcAnswers(Task task) {
    this.task = task;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException {
    return switch (call) {
      case PERSONALITY -> returned(task.processes().personality(of.number(0)));
      case MEMFD_CREATE ->
          returned(task.unnamedFiles().memfdCreate(of.path(0), (int) of.number(1)));
      case SHMGET, SHMAT, SHMDT, SHMCTL -> new ShmAnswers(task.ipc()).answer(call, of);
      case PTRACE -> ptrace(of);
      case FUTEX -> futex(of);
      case FORK -> childRan(task.processes().fork());
      case CLONE -> childRan(task.processes().clone(of.number(0)));
      default -> throw new IllegalArgumentException("not a call between processes: " + call);
    };
  }

  /** The child of a scenario ends at once, with status 7. */
  private static Answer childRan(Task child) {
    child.exit();
    return new Answer.ChildRan(CHILD_STATUS << Byte.SIZE);
  }

  private Answer futex(Arguments of) throws ErrnoException {
    int operation = (int) of.number(1);
    Scope scope = (operation & FUTEX_PRIVATE) != 0 ? Scope.PRIVATE : Scope.SHARED;
    int value = (int) of.number(2);
    long address = of.number(0);
    return switch (operation & ~FUTEX_PRIVATE) {
      case FUTEX_WAIT -> done(() -> task.ipc().futexWait(address, scope, value, timeout(of)));
      case FUTEX_WAKE -> returned(task.ipc().futexWake(address, scope, value));
      default -> Answer.failed(Errno.ENOSYS);
    };
  }

  private static Optional<Duration> timeout(Arguments of) {
    return of.size() > 3 ? Optional.of(Duration.ofMillis(of.number(3))) : Optional.empty();
  }

  private Answer ptrace(Arguments of) throws ErrnoException {
    int pid = (int) of.number(1, 0);
    return returned(
        task.ptrace().ptrace((int) of.number(0), pid, of.number(2, 0), of.number(3, 0)));
  }
}
