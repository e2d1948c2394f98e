package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.returned;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Task;

/** The calls between processes, and those that make and trace them. */
final class IpcAnswers {
  private final Task task;

  IpcAnswers(Task task) {
    this.task = task;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException {
    return switch (call) {
      case PERSONALITY -> returned(task.personality(of.number(0)));
      default -> Answer.failed(Errno.ENOSYS);
    };
  }
}
