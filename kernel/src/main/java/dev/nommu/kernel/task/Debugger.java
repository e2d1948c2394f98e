package dev.nommu.kernel.task;

import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;
import dev.nommu.kernel.signal.WaitStatus;

/**
 * Decides when a machine's machine code goes on, and which instructions its harts fetch, as {@code
 * gdb} does. Called by the threads of the tasks, concurrently.
 */
public interface Debugger {
  /**
   * A hart is about to be made, for a program that was executed or a thread that was cloned.
   *
   * @param pid of the process
   * @param tid of the task whose machine code it is to run
   * @param memory of that task
   * @return what the hart is to see
   */
  ProcessorMemory memory(int pid, int tid, ProcessorMemory memory);

  /**
   * Runs a hart, as {@link Hart#run}; it may wait before, and hear of a stop and run it again
   * instead of returning. When a fatal signal has come it returns {@link Stop.QuantumUsed}.
   *
   * @param tid of its task
   */
  Stop run(int tid, Hart hart, long instructions);

  /** A task has ended; of any kind. Must not throw. */
  void ended(int tid, WaitStatus status);
}
