package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;

/** The process groups and sessions of one machine (rules JOB-01 to JOB-03). Thread-safe. */
public final class Sessions {
  private final ProcessTable table;

  /** Creates the groups and sessions of the processes of a table. */
  public Sessions(ProcessTable table) {
    this.table = table;
  }

  /** Returns the processes of a group that have not ended, by number. */
  public List<TaskGroup> group(int number) {
    return table.all().stream().filter(each -> each.membership().group() == number).toList();
  }

  /**
   * Makes a process the leader of a new session and a new group, as {@code setsid} does.
   *
   * @return their number
   * @throws ErrnoException EPERM if a group with its number exists
   */
  public int setsid(TaskGroup self) throws ErrnoException {
    int number = self.pid();
    table.lock().lock();
    try {
      if (table.all().stream().anyMatch(each -> each.membership().group() == number)) {
        throw refused("setsid: process group %d already exists".formatted(number));
      }
      self.membership(new Membership(number, number));
      return number;
    } finally {
      table.lock().unlock();
    }
  }

  /**
   * Moves a process to another group of its session, as {@code setpgid} does.
   *
   * @param caller the calling process
   * @param pid the caller, or a child that has not executed a file; 0 for the caller
   * @param wanted the group; 0 for the process's number
   * @throws ErrnoException EINVAL for a negative group; ESRCH if pid is neither the caller nor a
   *     child; EACCES if the child has executed a file; EPERM if it is a session leader or in
   *     another session, or if the session has no such group
   */
  public void setpgid(TaskGroup caller, int pid, int wanted) throws ErrnoException {
    if (wanted < 0) {
      throw new ErrnoException(
          Errno.EINVAL, "setpgid: expected a group of 0 or more, found " + wanted);
    }
    table.lock().lock();
    try {
      TaskGroup target = target(caller, pid);
      int group = wanted == 0 ? target.pid() : wanted;
      requireMovable(caller, target);
      requireGroup(caller, target, group);
      target.membership(new Membership(group, target.membership().session()));
    } finally {
      table.lock().unlock();
    }
  }

  private TaskGroup target(TaskGroup caller, int pid) throws ErrnoException {
    return pid == 0 || pid == caller.pid()
        ? caller
        : table
            .find(pid)
            .filter(each -> each.ppid() == caller.pid())
            .orElseThrow(() ->
                new ErrnoException(
                    Errno.ESRCH,
                    "setpgid: process %d has no child %d".formatted(caller.pid(), pid)));
  }

  private static void requireMovable(TaskGroup caller, TaskGroup target) throws ErrnoException {
    if (target.membership().session() != caller.membership().session()) {
      throw refused("setpgid: process %d is in another session".formatted(target.pid()));
    }
    if (target.pid() != caller.pid() && target.hasExecuted()) {
      throw new ErrnoException(
          Errno.EACCES, "setpgid: process %d has already executed a file".formatted(target.pid()));
    }
    if (target.pid() == target.membership().session()) {
      throw refused("setpgid: process %d is a session leader".formatted(target.pid()));
    }
  }

  private void requireGroup(TaskGroup caller, TaskGroup target, int group) throws ErrnoException {
    Membership wanted = new Membership(group, caller.membership().session());
    boolean there = table.all().stream().anyMatch(each -> each.membership().equals(wanted));
    if (group != target.pid() && !there) {
      throw refused("setpgid: the session has no process group %d".formatted(group));
    }
  }

  private static ErrnoException refused(String why) {
    return new ErrnoException(Errno.EPERM, why);
  }
}
