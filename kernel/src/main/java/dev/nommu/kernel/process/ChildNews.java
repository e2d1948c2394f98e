package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import java.time.Duration;

/**
 * News of a child for the process that waits for it.
 *
 * @param pid which
 * @param uid its user
 * @param status its outcome, or that it stopped or goes on
 * @param traced whether who hears of it traces it
 * @param cpuTime how long it and the children it waited for have computed
 */
public record ChildNews(int pid, int uid, WaitStatus status, boolean traced, Duration cpuTime) {
  /** Returns it as {@code waitpid} tells it. */
  public WaitResult result() {
    return new WaitResult(pid, status, cpuTime);
  }

  /** Returns it as {@code waitid} tells it, and the signal that goes with it. */
  public SignalInfo info() {
    return SignalInfo.ofChild(pid, uid, status, traced);
  }
}
