package dev.nommu.kernel.process;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.wait.WaitQueue;

/**
 * Whether a process is stopped, by a signal or for its tracer, and the threads that wait until it
 * continues. Guarded by the lock of the {@link ProcessTable}.
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

  /** Stops the process and reports it to its tracer, or else to its parent. */
  void stop(Signal signal) {
    if (!stopped) {
      stopped = true;
      family.tell(new WaitStatus.Stopped(signal));
    }
  }

  /** Continues the process and reports it where the stop was reported. */
  void goOn() {
    if (stopped) {
      start();
      family.tell(new WaitStatus.Continued());
    }
  }

  /** Continues the process without a report. */
  void start() {
    stopped = false;
    continued.wakeAll();
  }

  /** Waits while the process is stopped; EINTR if it must end. */
  void awaitStart() throws ErrnoException {
    while (stopped) {
      continued.awaitKillably();
    }
  }
}
