package dev.nommu.kernel.futex;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.time.Duration;

/**
 * A word of a machine's memory, and programs that share it.
 *
 * @param machine the machine in whose memory it is
 * @param init the first task
 * @param address its address, followed by a page's worth of other words
 */
record FutexWord(Machine machine, Task init, long address) {
  private static final long CLONE_VM = 0x100;

  /** Boots a machine that has such a word with value 0. */
  static FutexWord boot(Machines machines) throws ErrnoException {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task init = machine.init();
    return new FutexWord(machine, init, new TaskCalls(init).anonymous(4096));
  }

  /** Creates a task that sees the word and runs nothing. */
  Task sharer() throws ErrnoException {
    return init.processes().clone(CLONE_VM);
  }

  /** Starts a program that sees the word. */
  Task start(Program program) throws ErrnoException {
    return init.processes().clone(CLONE_VM, program);
  }

  /** Time passes when all programs wait, and not before. */
  void untilAllWait() throws ErrnoException {
    init.time().nanosleep(Duration.ofNanos(1));
  }

  int value() throws MemoryFault {
    return init.words().load32(address);
  }

  void value(int value) throws MemoryFault {
    init.words().store32(address, value);
  }
}
