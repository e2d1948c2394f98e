package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.process.ProcessTable;
import dev.nommu.kernel.process.Sessions;
import dev.nommu.kernel.process.TaskGroup;

/** The calls of a task about process groups and sessions. Any thread may make them. */
public final class SessionCalls {
  private final TaskLife life;
  private final SyscallEntry entry;
  private final ProcessTable processes;
  private final Sessions sessions;

  SessionCalls(TaskLife life, ProcessTable processes) {
    this.life = life;
    this.entry = life.entry();
    this.processes = processes;
    this.sessions = new Sessions(processes);
  }

  /**
   * Returns the process group of a process.
   *
   * @param pid 0 for the caller
   * @throws ErrnoException ESRCH if there is no such process
   */
  public int getpgid(int pid) throws ErrnoException {
    return process("getpgid", pid).membership().group();
  }

  /**
   * Returns the session of a process.
   *
   * @param pid 0 for the caller
   * @throws ErrnoException ESRCH if there is no such process
   */
  public int getsid(int pid) throws ErrnoException {
    return process("getsid", pid).membership().session();
  }

  /** Moves a process to another group of its session; see {@link Sessions#setpgid}. */
  public void setpgid(int pid, int group) throws ErrnoException {
    entry.handleSignals();
    sessions.setpgid(life.group(), pid, group);
  }

  /** Starts a session; see {@link Sessions#setsid}. */
  public int setsid() throws ErrnoException {
    entry.handleSignals();
    return sessions.setsid(life.group());
  }

  private TaskGroup process(String call, int pid) throws ErrnoException {
    entry.handleSignals();
    return pid == 0
        ? life.group()
        : processes
            .find(pid)
            .orElseThrow(
                () -> new ErrnoException(Errno.ESRCH, call + ": there is no process " + pid));
  }
}
