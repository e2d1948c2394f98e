package dev.nommu.kernel.task;

/**
 * A program: Java code in place of machine code, which makes the system calls of its task. It runs
 * on its own thread. Its Java variables are its registers and stack; it communicates with other
 * programs as on a real machine: through memory, files and signals.
 *
 * <p>{@link ProgramEnd}, an {@link Error}, unwinds it when the task is killed or runs another
 * program: it must not catch that. A program that blocks in Java counts as running, so that
 * simulated time stands still.
 */
@FunctionalInterface
public interface Program {
  /**
   * Runs it from start to end.
   *
   * @param task the task whose calls it makes
   * @return the exit status of the process; the low 8 bits count
   * @throws Exception to crash: the process ends as if the signal of a {@link
   *     dev.nommu.kernel.memory.MemoryFault} had killed it, and SIGABRT after anything else
   */
  int run(Task task) throws Exception;
}
