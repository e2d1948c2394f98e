package dev.nommu.kernel.process;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.wait.WaitQueue;

/**
 * Whether a process is stopped, by a signal or for its tracer, and who waits until it goes on.
 * Guarded by the lock of the {@link ProcessTable}.
 */
final class JobControl {
  private final Family family;
  private final WaitQueue continued;
  private boolean stopped;

  JobControl(ProcessTable table, Family family) {
    this.family = family;
    this.continued = new WaitQueue(table.lock(), "SIGCONT");
  }

  boolean isStopped() {
    return stopped;
  }

  /** Stops the process; its tracer hears of it, or else its parent. */
  void stop(Signal signal) {
    if (!stopped) {
      stopped = true;
      family.tell(new WaitStatus.Stopped(signal));
    }
  }

  /** Lets the process go on; whoever heard of the stop hears of this. */
  void goOn() {
    if (stopped) {
      start();
      family.tell(new WaitStatus.Continued());
    }
  }

  /** Lets the process go on, silently. */
  void start() {
    stopped = false;
    continued.wakeAll();
  }

  /** Waits while the process is stopped; EINTR if it is to end. */
  void awaitStart() throws ErrnoException {
    while (stopped) {
      continued.awaitKillably();
    }
  }
}
