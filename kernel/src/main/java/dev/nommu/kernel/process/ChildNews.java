package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import java.time.Duration;

/**
 * A change of a child's state, for the process that waits for it.
 *
 * @param pid its number
 * @param uid its user
 * @param status how it ended, or that it stopped or continued
 * @param traced whether the waiting process traces it
 * @param cpuTime the CPU time of it and of the children it waited for
 */
public record ChildNews(int pid, int uid, WaitStatus status, boolean traced, Duration cpuTime) {
  /** Returns it as {@code waitpid} reports it. */
  public WaitResult result() {
    return new WaitResult(pid, status, cpuTime);
  }

  /** Returns it as {@code waitid} and SIGCHLD report it. */
  public SignalInfo info() {
    return SignalInfo.ofChild(pid, uid, status, traced);
  }
}
