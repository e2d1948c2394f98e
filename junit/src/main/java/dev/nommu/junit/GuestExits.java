package dev.nommu.junit;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.SyscallTracer;
import dev.nommu.kernel.task.Tracee;

/**
 * Reports exits of programs to a record, and all events to another tracer.
 *
 * @param next receives all events
 */
record GuestExits(Machine machine, GuestRecord record, SyscallTracer next)
    implements SyscallTracer {
  private static final int EXIT = 93;
  private static final int EXIT_GROUP = 94;

  @Override
  public void entered(Tracee task, long number, long[] arguments, long stackPointer) {
    if (number == EXIT || number == EXIT_GROUP) {
      machine.tasks().stream().filter(each -> each.tid() == task.tid()).forEach(record::exits);
    }
    next.entered(task, number, arguments, stackPointer);
  }

  @Override
  public void executed(Tracee task, long stackPointer) {
    next.executed(task, stackPointer);
  }

  @Override
  public Trail mapping(Tracee task) {
    return next.mapping(task);
  }

  @Override
  public void returned(Tracee task, long result) {
    next.returned(task, result);
  }

  @Override
  public void failed(Tracee task, ErrnoException failure) {
    next.failed(task, failure);
  }

  @Override
  public void signaled(Tracee task, SignalInfo signal) {
    next.signaled(task, signal);
  }

  @Override
  public void ended(Tracee task, WaitStatus status) {
    next.ended(task, status);
  }
}
