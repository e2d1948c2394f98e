package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.process.ChildNews;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitResult;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The calls of a task that wait for children. Thread-safe. */
public final class WaitCalls {
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int P_PGID = 2;
  private static final int P_PIDFD = 3;

  private final TaskLife life;

  WaitCalls(TaskLife life) {
    this.life = life;
  }

  /** See {@link ProcessCalls#waitpid(int, Set)}. */
  Optional<WaitResult> waitpid(int pid, Set<WaitOption> options) throws ErrnoException {
    if (pid == Integer.MIN_VALUE) {
      throw new ErrnoException(Errno.ESRCH, "waitpid: no process group has the number 2^31");
    }
    Set<WaitOption> all = EnumSet.of(WaitOption.WEXITED);
    all.addAll(options);
    return await(pid == -1 ? TaskGroup.ANY : pid, all).map(ChildNews::result);
  }

  /**
   * Waits for a change of state of a child, as {@code waitid} (rule FORK-07).
   *
   * @param idType P_ALL (0), P_PID (1) or P_PGID (2)
   * @param id the number of a process, or of a process group, 0 for the caller's
   * @param options bits of {@link WaitOption#ofWaitid}
   * @return the change and its child; empty with WNOHANG if there is none yet
   * @throws ErrnoException EINVAL for another type, number or option; EBADF for P_PIDFD, as there
   *     are no process descriptors; ECHILD if there is no such child; EINTR
   */
  public Optional<SignalInfo> waitid(int idType, int id, int options) throws ErrnoException {
    Set<WaitOption> asked = WaitOption.ofWaitid(options);
    return await(child(idType, id), asked).map(ChildNews::info);
  }

  private static int child(int idType, int id) throws ErrnoException {
    if (idType == P_ALL) {
      return TaskGroup.ANY;
    }
    if (idType == P_PID && id > 0) {
      return id;
    }
    if (idType == P_PGID && id >= 0) {
      return -id;
    }
    Errno errno = idType == P_PIDFD && id >= 0 ? Errno.EBADF : Errno.EINVAL;
    throw new ErrnoException(errno, "waitid: type %d with number %d".formatted(idType, id));
  }

  private Optional<ChildNews> await(int child, Set<WaitOption> options) throws ErrnoException {
    return life.entry().call(() -> life.group().await(child, options));
  }
}
