package dev.nommu.kernel.task;

import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;
import dev.nommu.kernel.signal.WaitStatus;

/**
 * Decides when the machine code of a machine goes on, and what its harts fetch, as {@code gdb}
 * does. Called by the threads of the tasks, concurrently. {@link #NONE} does nothing.
 */
public interface Debugger {
  /** Lets everything go on. */
  Debugger NONE = new Debugger() {};

  /**
   * A hart is about to be made, for a program that was executed or a thread that was cloned.
   *
   * @param pid of the process
   * @param tid of the task whose machine code it is to run
   * @param memory of that task
   * @return what the hart is to see
   */
  default ProcessorMemory memory(int pid, int tid, ProcessorMemory memory) {
    return memory;
  }

  /**
   * Runs a hart, as {@link Hart#run}; it may wait before, and hear of a stop and run it again
   * instead of returning. When a fatal signal has come it returns {@link Stop.QuantumUsed}.
   *
   * @param tid of its task
   */
  default Stop run(int tid, Hart hart, long instructions) {
    return hart.run(instructions);
  }

  /** A task has ended; of any kind. Must not throw. */
  default void ended(int tid, WaitStatus status) {}
}
