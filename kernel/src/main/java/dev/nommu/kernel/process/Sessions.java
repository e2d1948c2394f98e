package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;

/** The process groups and sessions of one machine (rules JOB-01 to JOB-03). Thread-safe. */
public final class Sessions {
  private final ProcessTable table;

  /** Creates the view of the processes of a machine. */
  public Sessions(ProcessTable table) {
    this.table = table;
  }

  /** Returns the processes of a group that have not ended, by number. */
  public List<TaskGroup> group(int number) {
    return table.all().stream().filter(each -> each.membership().group() == number).toList();
  }

  /**
   * Makes a process the first of a new session and a new group, as {@code setsid}.
   *
   * @return their number
   * @throws ErrnoException EPERM if there is a group of its number
   */
  public int setsid(TaskGroup self) throws ErrnoException {
    int number = self.pid();
    table.lock().lock();
    try {
      if (table.all().stream().anyMatch(each -> each.membership().group() == number)) {
        throw refused("setsid: there is a process group " + number);
      }
      self.membership(new Membership(number, number));
      return number;
    } finally {
      table.lock().unlock();
    }
  }

  /**
   * Moves a process to another group of its session, as {@code setpgid}.
   *
   * @param caller who asks for it
   * @param pid the caller or a child of it that has not executed a file; 0 for the caller
   * @param wanted the group; 0 for one of the process's own
   * @throws ErrnoException EINVAL for a negative group; ESRCH if it is another process; EACCES if
   *     the child has executed a file; EPERM if it is the first of its session or of another
   *     session, or if there is no such group in the session
   */
  public void setpgid(TaskGroup caller, int pid, int wanted) throws ErrnoException {
    if (wanted < 0) {
      throw new ErrnoException(Errno.EINVAL, "setpgid: group " + wanted);
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
      throw refused("setpgid: process %d is of another session".formatted(target.pid()));
    }
    if (target.pid() != caller.pid() && target.hasExecuted()) {
      throw new ErrnoException(
          Errno.EACCES, "setpgid: process %d has executed a file".formatted(target.pid()));
    }
    if (target.pid() == target.membership().session()) {
      throw refused("setpgid: process %d is the first of its session".formatted(target.pid()));
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
