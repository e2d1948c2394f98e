package dev.nommu.kernel;

import dev.nommu.kernel.process.Signal;
import dev.nommu.kernel.process.WaitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends all tasks of a machine, those that wait among them. */
final class Ending {
  /** For a program that does not make a call; of the host's time. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Machine machine;

  Ending(Machine machine) {
    this.machine = machine;
  }

  void run() {
    for (List<Task> left = machine.tasks(); !left.isEmpty(); left = machine.tasks()) {
      left.forEach(task -> task.life().group().doom(new WaitStatus.Signaled(Signal.SIGKILL)));
      if (!left.stream().allMatch(this::endsInTime)) {
        return;
      }
    }
  }

  private boolean endsInTime(Task task) {
    Optional<ProgramThread> thread = task.life().thread();
    try {
      if (thread.isEmpty() || thread.get().await(PATIENCE)) {
        return true;
      }
      thread.get().interrupt();
      if (thread.get().await(PATIENCE)) {
        return true;
      }
      machine.log().print("close: the program of task %d does not end".formatted(task.tid()));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
