package dev.nommu.kernel.process;

import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.wait.Sleeper;

/** A thread of a process, as {@code task_struct}, as far as its process knows it. */
public interface Member {
  /** Returns its number: that of the process for the first one. */
  int tid();

  /** Returns its name, also after it has ended. */
  String name();

  /** Returns in whose name it acts, also after it has ended. */
  Credentials credentials();

  /** Returns whose waits a signal ends. */
  Sleeper sleeper();

  /** Returns its own signals. */
  ThreadSignals signals();

  /**
   * Is told that the process was made to end, or it alone was dismissed. A task with a program ends
   * when that makes its next call or stops waiting; one that is driven from outside ends now.
   * Called without a lock held.
   */
  void doomed();

  /** Has to end from now on although its process goes on; {@link #doomed} follows. */
  void dismiss();

  /** Returns whether it ends apart from its process, or has ended. */
  boolean isDismissed();
}
