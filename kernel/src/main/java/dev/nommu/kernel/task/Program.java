package dev.nommu.kernel.task;

/**
 * A program: Java code in the place of machine code, which makes the system calls of its task. It
 * runs on a thread of its own. Its Java variables are its registers and its stack; what it shares
 * with other programs it shares as they do on a machine: through memory, files and signals.
 *
 * <p>An {@link Error} that {@link ProgramEnd} is goes through it when the task is killed or runs
 * another program: it must let that pass. When a program waits for others by Java's means the
 * machine takes it for one that runs, so that simulated time stands still.
 */
@FunctionalInterface
public interface Program {
  /**
   * Runs it from beginning to end.
   *
   * @param task whose calls it makes
   * @return what the process ends with; the low 8 bits count
   * @throws Exception to crash: the process ends as if the signal of a {@link
   *     dev.nommu.kernel.memory.MemoryFault} had killed it, and SIGABRT after anything else
   */
  int run(Task task) throws Exception;
}
