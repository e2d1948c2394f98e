package dev.nommu.kernel.process;

import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.wait.Sleeper;

/** A thread of a process, {@code task_struct}, as its process sees it. */
public interface Member {
  /** Returns its number: the process's for the first thread. */
  int tid();

  /** Returns its name, also after it has ended. */
  String name();

  /** Returns its credentials, also after it has ended. */
  Credentials credentials();

  /** Returns the sleeper whose waits a signal ends. */
  Sleeper sleeper();

  /** Returns the signals of this thread alone. */
  ThreadSignals signals();

  /**
   * Called when the whole process must end, or this thread alone was dismissed. A task with a
   * program ends when that makes its next call or stops waiting; a task driven from outside ends
   * now. Called without a lock held.
   */
  void doomed();

  /** Marks it to end although its process continues; {@link #doomed} follows. */
  void dismiss();

  /** Returns whether it is to end before its process, or has ended. */
  boolean isDismissed();
}
