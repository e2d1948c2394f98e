package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;

/**
 * Receives the system calls of machine code, as {@code strace} does. Called on the thread that
 * makes the call, concurrently for several tasks. Its exceptions propagate to the program. {@link
 * #NONE} ignores all events.
 */
public interface SyscallTracer {
  /** Hears nothing. */
  SyscallTracer NONE = new SyscallTracer() {};

  /**
   * A task starts to run an image: for the first time, or at the end of {@code execve}.
   *
   * @param stackPointer the address of {@code argc}, followed by {@code argv}, {@code envp} and the
   *     auxiliary vector
   */
  default void executed(Tracee task, long stackPointer) {}

  /**
   * A call begins.
   *
   * @param number of asm-generic
   * @param arguments six; must not be modified
   * @param stackPointer the thread's stack pointer
   */
  default void entered(Tracee task, long number, long[] arguments, long stackPointer) {}

  /** Returns the trail of the mapping that the task's call makes. */
  default Trail mapping(Tracee task) {
    return Trail.NONE;
  }

  /** The call of the task succeeds. */
  default void returned(Tracee task, long result) {}

  /** The call of the task fails. */
  default void failed(Tracee task, ErrnoException failure) {}

  /** A handler of the task is about to run, or a faulting instruction to kill it. */
  default void signaled(Tracee task, SignalInfo signal) {}

  /**
   * A signal sent to the process has ended it; {@link #ended} follows. Called for one of its tasks,
   * of any kind. Must not throw.
   */
  default void killed(Tracee task, SignalInfo signal) {}

  /**
   * A task of any kind has ended, including one that runs no machine code or started before this
   * tracer was set. Must not throw.
   */
  default void ended(Tracee task, WaitStatus status) {}
}
