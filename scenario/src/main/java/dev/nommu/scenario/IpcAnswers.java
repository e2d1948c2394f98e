package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.done;
import static dev.nommu.scenario.FileAnswers.returned;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Task;
import dev.nommu.kernel.ipc.ShmStatus;
import java.util.List;

/** The calls between processes, and those that make and trace them. */
final class IpcAnswers {
  private static final int IPC_RMID = 0;
  private static final int IPC_STAT = 2;
  private static final int PTRACE_TRACEME = 0;

  private final Task task;

  IpcAnswers(Task task) {
    this.task = task;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException {
    return switch (call) {
      case PERSONALITY -> returned(task.personality(of.number(0)));
      case MEMFD_CREATE -> returned(task.memfdCreate(of.path(0), (int) of.number(1)));
      case SHMGET ->
          returned(task.shmget((int) of.number(0), of.number(1), (int) of.number(2)));
      case SHMAT -> returned(task.shmat((int) of.number(0), of.number(1), (int) of.number(2)));
      case SHMDT -> done(() -> task.shmdt(of.number(0)));
      case SHMCTL -> shmctl((int) of.number(0), (int) of.number(1));
      case PTRACE -> ptrace(of.number(0));
      default -> Answer.failed(Errno.ENOSYS);
    };
  }

  private Answer shmctl(int id, int command) throws ErrnoException {
    return switch (command) {
      case IPC_STAT -> status(task.shmStatus(id));
      case IPC_RMID -> done(() -> task.shmRemove(id));
      default -> Answer.failed(Errno.EINVAL);
    };
  }

  private static Answer status(ShmStatus status) {
    return new Answer.Structure(
        List.of(
            Field.decimal("shm_segsz", status.size()),
            Field.decimal("shm_nattch", status.attachments()),
            Field.octal("mode", status.mode())));
  }

  private Answer ptrace(long request) {
    if (request != PTRACE_TRACEME) {
      return Answer.failed(Errno.EIO);
    }
    task.traceMe();
    return returned(0);
  }
}
