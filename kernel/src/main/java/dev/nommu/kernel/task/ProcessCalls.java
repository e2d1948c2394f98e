package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.vfs.Credentials;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The calls of a task about processes: to create them, wait for them and signal them. Any thread
 * may make them.
 */
public final class ProcessCalls {
  private final TaskLife life;
  private final SyscallEntry entry;
  private final TaskTable tasks;
  private final ExecCall exec;
  private final Task self;
  private final SignalCalls signals;
  private final Timeslice timeslice;

  ProcessCalls(TaskLife life, TaskTable tasks, ExecCall exec, SignalCalls signals, Task self) {
    this.life = life;
    this.entry = life.entry();
    this.tasks = tasks;
    this.exec = exec;
    this.signals = signals;
    this.timeslice = new Timeslice(life);
    this.self = self;
  }

  /** Returns the calls that block or wait for signals. */
  public SignalCalls signals() {
    return signals;
  }

  ExecCall exec() {
    return exec;
  }

  TaskTable tasks() {
    return tasks;
  }

  /** Returns the number of the parent, 0 if there is none: {@code getppid}. */
  public int getppid() {
    return life.group().ppid();
  }

  /** See {@link Task#spawn(String)}. */
  Task spawn(String childName, Optional<Program> program) {
    life.unwindIfDoomed();
    try {
      tasks.requireOpen();
      TaskResources its = life.forNewProcess(tasks.newAddressSpace());
      its.files().closeOnExec();
      TaskGroup child = life.group().child(TaskGroup.Handlers.COPIED);
      child.forgetHandlers();
      return tasks.create(childName, child, its, life.signals().blocked(), program, tid -> {});
    } catch (ErrnoException ended) {
      life.unwindIfDoomed();
      throw new IllegalStateException("spawn: " + ended.getMessage(), ended);
    }
  }

  /**
   * Always fails: without an MMU there is no {@code fork} (rule FORK-01).
   *
   * @throws ErrnoException EINVAL, always
   */
  @SuppressWarnings("DoNotCallSuggester") // the call exists, its result is an error
  public Task fork() throws ErrnoException {
    throw ErrnoException.byRule("FORK-01", Errno.EINVAL, "fork: there is none without an MMU");
  }

  /**
   * Creates a task that shares this memory map and is driven from outside, as {@code clone} with
   * CLONE_VM; no mapping is copied (rule FORK-05). With CLONE_VFORK the caller is not suspended:
   * the driver of both tasks decides which of them continues.
   *
   * @param flags CLONE bits
   * @throws ErrnoException EINVAL without CLONE_VM and for flags that contradict each other (rules
   *     FORK-03, FORK-04); ESRCH if this task has ended, or ends meanwhile
   */
  public Task clone(long flags) throws ErrnoException {
    return clone(CloneFlags.of(flags), Optional.empty(), tid -> {});
  }

  /**
   * Creates a task that shares this memory map and runs a program. With CLONE_THREAD it is a thread
   * of this process: it ends alone when its program returns. With CLONE_VFORK the call returns when
   * the new task has ended or runs a program from a file, as {@link #vfork}.
   *
   * @throws ErrnoException as {@link #clone(long)}
   */
  public Task clone(long flags, Program program) throws ErrnoException {
    return clone(flags, program, tid -> {});
  }

  /**
   * Creates a task as {@link #clone(long, Program)}.
   *
   * @param told receives its number before it runs, as CLONE_PARENT_SETTID; must not throw
   * @throws ErrnoException as {@link #clone(long)}
   */
  public Task clone(long flags, Program program, IntConsumer told) throws ErrnoException {
    CloneFlags checked = CloneFlags.of(flags);
    Task child = clone(checked, Optional.of(program), told);
    if (checked.has(CloneFlags.CLONE_VFORK)) {
      awaitRelease(child);
    }
    return child;
  }

  /**
   * Creates a process that borrows this memory map, and waits until it has ended or runs a program
   * from a file (rule FORK-02). Only a fatal signal to the caller ends the wait.
   *
   * @param child the child's program until then; unlike in C, it is not the caller's own
   * @return the child
   * @throws ErrnoException ESRCH if the caller has ended meanwhile
   */
  public Task vfork(Program child) throws ErrnoException {
    return clone(CloneFlags.CLONE_VM | CloneFlags.CLONE_VFORK, child);
  }

  private Task clone(CloneFlags flags, Optional<Program> program, IntConsumer told)
      throws ErrnoException {
    entry.handleSignals();
    TaskResources theirs = life.forClone(flags);
    if (flags.has(CloneFlags.CLONE_THREAD)) {
      return tasks.createThread(life, theirs, program, told);
    }
    TaskGroup.Handlers handlers =
        flags.has(CloneFlags.CLONE_SIGHAND) ? TaskGroup.Handlers.SHARED : TaskGroup.Handlers.COPIED;
    TaskGroup group =
        flags.has(CloneFlags.CLONE_PARENT)
            ? life.group().sibling(handlers)
            : life.group().child(handlers);
    return tasks.create(life.name(), group, theirs, life.signals().blocked(), program, told);
  }

  private void awaitRelease(Task child) throws ErrnoException {
    entry.run(() -> child.life().released().awaitKillably());
  }

  /**
   * Executes a file: replaces the memory map by its image (rule EXEC-11), and the program by the
   * one that is registered for the file ({@link dev.nommu.kernel.Machine#programs}). On success
   * this does not return on the thread of a program; a task driven from outside stays so.
   *
   * @param arguments the program's name and its arguments; an empty list is one empty argument
   * @param environment such as {@code "HOME=/"}
   * @return the location of the image
   * @throws ErrnoException with nothing changed: ENOENT, ENOTDIR, ELOOP, EACCES without permission
   *     or if it is not a regular file, ETXTBSY if it is open for writing (rule EXEC-12), E2BIG
   *     (rule EXEC-01), ENOEXEC, ELIBBAD, ENOMEM. A later failure kills the process with SIGSEGV;
   *     only a caller that drives the task from outside receives the exception
   */
  public LoadedImage execve(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    ProcessImage executed = exec.execute(path, arguments, environment);
    exec.end(tasks.programs().of(executed).map(self::toRun));
    return executed.image();
  }

  /**
   * Executes a file as {@link #execve}, and kills the process with SIGILL if no Java program is
   * registered for the file and no plugin runs its machine code: for callers that leave the rest to
   * the program. On the thread of a program this does not return.
   *
   * @throws ErrnoException as {@link #execve}
   */
  public void executeToRun(String path, List<String> arguments, List<String> environment)
      throws ErrnoException {
    ProcessImage executed = exec.execute(path, arguments, environment);
    Optional<Program> program = tasks.programs().of(executed);
    if (program.isEmpty()) {
      exec.cannotRun(executed);
    }
    exec.end(program.map(self::toRun));
  }

  /**
   * Sets the limit in bytes for data and bss of executables, as {@code setrlimit} of RLIMIT_DATA.
   * Children inherit it.
   */
  public void limitData(long bytes) throws ErrnoException {
    entry.handleSignals();
    life.group().resources().dataLimit(bytes);
  }

  /**
   * Waits for a child to end, and reaps it.
   *
   * @param pid its number
   * @return how it ended
   * @throws ErrnoException ECHILD if this process has no such child to wait for: a child of init,
   *     and one whose parent ignores SIGCHLD, is reaped at once; EINTR
   */
  public WaitStatus waitpid(int pid) throws ErrnoException {
    return waitpid(pid, EnumSet.noneOf(WaitOption.class)).orElseThrow().status();
  }

  /**
   * Waits for a change of state of a child, as {@code waitpid}.
   *
   * @param pid its number; -1 for any, 0 for the caller's process group, below -1 the negated
   *     number of a process group
   * @return the change and its child; empty with WNOHANG if there is none yet
   * @throws ErrnoException ECHILD if there is no such child, EINTR
   */
  public Optional<WaitResult> waitpid(int pid, Set<WaitOption> options) throws ErrnoException {
    return waits().waitpid(pid, options);
  }

  /** Waits as {@link #waitpid(int, Set)}, with the bits of Linux; EINVAL for unknown options. */
  public Optional<WaitResult> waitpid(int pid, int options) throws ErrnoException {
    return waitpid(pid, WaitOption.ofBits(options));
  }

  /**
   * Sends a signal to a process. Its action takes place at once if the process is driven from
   * outside, otherwise when its program makes a call or waits.
   *
   * @param pid its number; 0 for the caller's process group, -1 for all but the first process and
   *     the caller, below -1 the negated number of a process group (rule JOB-02)
   * @throws ErrnoException ESRCH if there is no such process; EPERM unless the sender is the
   *     superuser or of the same user
   */
  public void kill(int pid, Signal signal) throws ErrnoException {
    signals.kill(pid, signal);
  }

  /**
   * Sends a signal by its number; 0 only checks whether it could be sent.
   *
   * @throws ErrnoException EINVAL if there is no such signal, and as {@link #kill(int, Signal)}
   */
  public void kill(int pid, int signal) throws ErrnoException {
    signals.kill(pid, signal);
  }

  /** Returns the action of a signal, as {@code sigaction} without a new action. */
  public Disposition sigaction(Signal signal) {
    return life.group().action(signal);
  }

  /** Returns the user ID of this task, as {@code getuid}. */
  public int getuid() {
    return life.credentials().uid();
  }

  /** Returns the group ID of this task, as {@code getgid}. */
  public int getgid() {
    return life.credentials().gid();
  }

  /**
   * Sets the action of a signal, as {@code sigaction}.
   *
   * @return the former action
   * @throws ErrnoException EINVAL for SIGKILL and SIGSTOP
   */
  public Disposition sigaction(Signal signal, Disposition disposition) throws ErrnoException {
    entry.handleSignals();
    return life.group().action(signal, disposition);
  }

  /**
   * Ends this task, as the system call {@code exit}; the process continues if it has other threads.
   * On the thread of the task's program this does not return.
   *
   * @param code the exit status of the process if this is its first thread and nothing else ends it
   */
  public void exitThread(int code) {
    life.exitAlone(new WaitStatus.Exited(code));
  }

  /**
   * Starts a program in this task, which was driven from outside until now: the first process, for
   * example.
   *
   * @throws ErrnoException EBUSY if it runs one already, ESRCH if it has ended
   */
  public void begin(Program program) throws ErrnoException {
    life.begin(self.toRun(program));
  }

  /**
   * Ends all processes, this one included, as {@code reboot} with RB_POWER_OFF does; no more can be
   * created. The machine must still be closed.
   *
   * @throws ErrnoException EPERM unless the caller is the superuser; ESRCH when all have ended
   */
  public void powerOff() throws ErrnoException {
    entry.handleSignals();
    if (life.credentials().uid() != 0) {
      throw new ErrnoException(Errno.EPERM, "reboot: not the superuser");
    }
    tasks.close().forEach(Member::doomed);
    life.requireAlive();
  }

  /** Returns the calls about the machine. */
  public SystemCalls system() {
    return new SystemCalls(life, life.kernel(), tasks.processes(), tasks.random());
  }

  /** Returns the calls that wait for children. */
  public WaitCalls waits() {
    return new WaitCalls(life);
  }

  /** Returns the calls about process groups and sessions. */
  public SessionCalls sessions() {
    return new SessionCalls(life, tasks.processes());
  }

  /** Sets the address of the word to clear when this thread ends, as set_tid_address. */
  public void clearChildId(long address) {
    life.robustList().childId(address);
  }

  /** Lets other programs run: {@code sched_yield}. The call itself takes no simulated time. */
  public void schedYield() throws ErrnoException {
    entry.handleSignals();
    timeslice.renew();
    life.kernel().clock().passTurn();
  }

  /** Returns the timeslice of this task's machine code. */
  public Timeslice timeslice() {
    return timeslice;
  }

  /**
   * Sets the personality of this task and returns the former one; no bit of it has an effect, and
   * 0xffffffff leaves it. Children inherit it (rule FORK-06).
   */
  public long personality(long bits) {
    return life.belongings().personality().change(bits);
  }

  /**
   * Sets the user ID, as {@code setuid}; irreversible, as there is one user ID and not three.
   *
   * @throws ErrnoException EINVAL for -1; EPERM unless the caller is the superuser or that user
   */
  public void setuid(int uid) throws ErrnoException {
    Credentials own = credentials();
    requireMayBecome("setuid", uid, own.uid());
    become(new Credentials(uid, own.gid()));
  }

  /**
   * Sets the group ID, as {@code setgid}.
   *
   * @throws ErrnoException EINVAL for -1; EPERM unless the caller is the superuser or of that group
   */
  public void setgid(int gid) throws ErrnoException {
    Credentials own = credentials();
    requireMayBecome("setgid", gid, own.gid());
    become(new Credentials(own.uid(), gid));
  }

  private Credentials credentials() throws ErrnoException {
    entry.handleSignals();
    return life.belongings().fs().context().credentials();
  }

  private void requireMayBecome(String what, int wanted, int own) throws ErrnoException {
    if (wanted == -1) {
      throw new ErrnoException(Errno.EINVAL, what + ": -1 is nobody's number");
    }
    if (wanted != own && credentials().uid() != 0) {
      throw new ErrnoException(
          Errno.EPERM, "%s: from %d to %d: not the superuser".formatted(what, own, wanted));
    }
  }

  private void become(Credentials credentials) {
    life.belongings().fs().credentials(credentials);
  }
}
