package dev.nommu.kernel.task;

import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;
import dev.nommu.kernel.signal.WaitStatus;

/**
 * Controls when a machine's machine code runs, and which instructions its harts fetch, as {@code
 * gdb} does. Called by the threads of the tasks, concurrently.
 */
public interface Debugger {
  /**
   * A hart is about to be made, for a program that was executed or a thread that was cloned.
   *
   * @param pid of the process
   * @param tid of the task whose machine code it will run
   * @param memory of that task
   * @return the memory as the hart sees it
   */
  ProcessorMemory memory(int pid, int tid, ProcessorMemory memory);

  /**
   * Runs a hart, as {@link Hart#run}; it may wait first, and may handle a stop and run the hart
   * again instead of returning. After a fatal signal it returns {@link Stop.QuantumUsed}.
   *
   * @param tid of its task
   */
  Stop run(int tid, Hart hart, long instructions);

  /** A task of any kind has ended. Must not throw. */
  void ended(int tid, WaitStatus status);
}
