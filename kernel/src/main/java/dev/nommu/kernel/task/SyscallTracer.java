package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;

/**
 * Hears of the system calls that machine code makes, as {@code strace} does. Is called by the
 * thread that makes the call, by several at once for several tasks. The program throws the
 * exceptions it throws. {@link #NONE} hears nothing.
 */
public interface SyscallTracer {
  /** Hears nothing. */
  SyscallTracer NONE = new SyscallTracer() {};

  /**
   * A task begins to run an image: for the first time, or as the end of {@code execve}.
   *
   * @param stackPointer where the number of its arguments lies, and behind it {@code argv}, {@code
   *     envp} and the auxiliary vector
   */
  default void executed(Tracee task, long stackPointer) {}

  /**
   * A call begins.
   *
   * @param number of asm-generic
   * @param arguments six; nobody may change them
   * @param stackPointer where the stack of the thread ends
   */
  default void entered(Tracee task, long number, long[] arguments, long stackPointer) {}

  /** Returns what hears how the mapping comes about that the call of the task makes. */
  default Trail mapping(Tracee task) {
    return Trail.NONE;
  }

  /** The call of the task succeeds. */
  default void returned(Tracee task, long result) {}

  /** The call of the task fails. */
  default void failed(Tracee task, ErrnoException failure) {}

  /** A handler of the task is about to run, or an instruction to kill it. */
  default void signaled(Tracee task, SignalInfo signal) {}

  /**
   * A signal that was sent to the process has ended it; {@link #ended} follows. Is told of one of
   * its tasks, of any kind. Must not throw.
   */
  default void killed(Tracee task, SignalInfo signal) {}

  /**
   * A task has ended; of any kind, also one that runs no machine code, and one that began before
   * this tracer was set. Must not throw.
   */
  default void ended(Tracee task, WaitStatus status) {}
}
