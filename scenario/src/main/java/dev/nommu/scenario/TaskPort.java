package dev.nommu.scenario;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task of a machine, as a process of a scenario. */
final class TaskPort implements ProcessPort {
  private final Task task;
  private final Caller caller;
  private final MachineClock clock;

  TaskPort(MachinePort machine, Task task) {
    this.task = task;
    this.caller = new Caller(task, machine);
    this.clock = machine.machine().clock();
  }

  @Override
  public Answer call(Call call, Arguments arguments) {
    try {
      return call.handler().answer(caller, arguments);
    } catch (ErrnoException failure) {
      caller.machine().explainer().failed(call, failure);
      return Answer.failed(failure.errno());
    } catch (MemoryFault fault) {
      caller.machine().explainer().faulted(call, fault);
      return new Answer.Faulted(fault.signal().name());
    }
  }

  @Override
  public Started start(Call call, Arguments arguments) {
    MachineClock.Hold untilJoined = clock.hold();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("nommu-" + task.pid())
        .start(() -> answer.complete(call(call, arguments)));
    while (!answer.isDone() && task.waitsFor().isEmpty()) {
      Thread.onSpinWait();
    }
    return limit -> {
      untilJoined.close();
      return await(answer, limit);
    };
  }

  private static Optional<Answer> await(CompletableFuture<Answer> answer, Duration limit)
      throws InterruptedException {
    try {
      return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException stillWaiting) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void exit(int status) {
    task.exit(status);
  }
}
