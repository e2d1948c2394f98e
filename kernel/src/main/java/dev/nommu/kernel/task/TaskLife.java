package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.futex.RobustList;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.proc.CurrentProcess;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.process.ThreadSignals;
import dev.nommu.kernel.sanitizer.Actor;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.wait.Latch;
import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Urgency;
import java.lang.ScopedValue.CallableOp;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The life of a task: what it has, the signals it handles, how it waits and how it ends.
 * Thread-safe.
 */
final class TaskLife implements Member, CurrentProcess, Actor {
  private final int tid;
  private final Subsystems kernel;
  private final TaskGroup group;
  private final Sleeper sleeper;
  private final ThreadSignals signals;
  private final Callers callers = new Callers();
  private final SyscallEntry entry;
  private final TaskEnd end;
  private final RobustList robustList;
  private final Latch released;
  private final Consumer<TaskLife> whenEnded;
  private volatile Optional<ProgramThread> thread = Optional.empty();
  private volatile String name;
  private volatile TaskResources belongings;
  private volatile boolean leads;

  /**
   * Creates a task of a process, which it has yet to join.
   *
   * @param blocked the signals that it blocks
   * @param whenEnded hears when the task has let go of everything
   */
  TaskLife(
      int tid,
      String name,
      TaskGroup group,
      TaskResources belongings,
      SignalSet blocked,
      Subsystems kernel,
      Consumer<TaskLife> whenEnded) {
    this.tid = tid;
    this.name = name;
    this.group = group;
    this.belongings = belongings;
    this.kernel = kernel;
    this.whenEnded = whenEnded;
    this.leads = tid == group.pid();
    this.sleeper = new Sleeper(kernel.clock());
    this.signals = new ThreadSignals(blocked);
    this.entry = new SyscallEntry(this, callers, kernel.log());
    this.end = new TaskEnd(tid);
    this.robustList = new RobustList(tid);
    this.released = new Latch("the child of vfork, process " + tid);
  }

  @Override
  public int tid() {
    return tid;
  }

  @Override
  public int pid() {
    return group.pid();
  }

  @Override
  public Credentials credentials() {
    return context().credentials();
  }

  /** Sends a signal to itself alone, as the kernel does because of a call. */
  void sendItself(Signal signal) {
    group.signals().send(SignalInfo.ofUser(signal, pid(), credentials().uid()), tid);
  }

  /** Returns its working directory and in whose name it acts. */
  FsContext context() {
    return belongings.fs().context();
  }

  @Override
  public Sleeper sleeper() {
    return sleeper;
  }

  @Override
  public ThreadSignals signals() {
    return signals;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the way of its calls into the kernel. */
  SyscallEntry entry() {
    return entry;
  }

  Subsystems kernel() {
    return kernel;
  }

  TaskGroup group() {
    return group;
  }

  TaskResources belongings() {
    return belongings;
  }

  @Override
  public AddressSpace memoryMap() {
    return belongings.space();
  }

  /** Returns in whose name it changes the memory map that it has now. */
  Caller caller() {
    return new Caller(belongings.space(), group.pid(), name);
  }

  /** Is open when it has a memory map of its own or has ended: what vfork waits for. */
  Latch released() {
    return released;
  }

  /** Returns the threads that run its program, make its calls, or end it. */
  Set<Thread> threads() {
    Set<Thread> threads = new LinkedHashSet<>(callers.threads());
    thread().map(ProgramThread::host).ifPresent(threads::add);
    end.by().ifPresent(threads::add);
    threads.removeIf(thread -> !thread.isAlive());
    return threads;
  }

  /** Returns whether threads are in its calls, be it that it has ended. */
  boolean isCalled() {
    return !callers.threads().isEmpty();
  }

  /** Lets a program run in it from now on; ESRCH if it has ended, EBUSY if one runs. */
  void begin(Callable<Integer> program) throws ErrnoException {
    synchronized (end) {
      requireNotEnding();
      if (thread().isPresent()) {
        throw new ErrnoException(
            Errno.EBUSY, "task %d (%s) runs a program already".formatted(tid, name));
      }
      runs(program);
      start();
    }
  }

  /** Lets a program run in it when it starts. */
  void runs(Callable<Integer> program) {
    thread = Optional.of(new ProgramThread(this, kernel, program));
  }

  /** Begins to run its program, if it has one. */
  void start() {
    thread.ifPresent(ProgramThread::start);
    if (thread.isEmpty() && isDoomed()) {
      doomed();
    }
  }

  /** Returns the thread of its program, as long as one runs it. */
  Optional<ProgramThread> thread() {
    return thread.filter(ProgramThread::runs);
  }

  /** Unwinds the program or throws ESRCH if the task is to end, or has. */
  void requireAlive() throws ErrnoException {
    unwindIfDoomed();
    if (isDoomed()) {
      throw ended();
    }
  }

  /** Returns whether the end of its program is the end of the process. */
  boolean leads() {
    return leads;
  }

  /** Returns whether it is to end, or has. */
  boolean isDoomed() {
    return end.isDue() || group.ending().isPresent();
  }

  /** Unwinds the thread of the program if that has no right to go on. */
  void unwindIfDoomed() {
    if (isDoomed() && isOnOwnThread()) {
      throw new ProgramEnd("task %d (%s) ends".formatted(tid, name));
    }
  }

  private boolean isOnOwnThread() {
    return thread.filter(ProgramThread::isCurrent).isPresent();
  }

  /**
   * Ends the process, unless this task ends apart from it already; returns when the task has ended,
   * and on its own thread never.
   */
  void exit(WaitStatus how) {
    if (!end.isDue()) {
      group.groupExit(how);
    }
    unwindIfDoomed();
    try {
      await(end::await);
    } catch (ErrnoException interrupted) {
      kernel.log().print("exit of task %d: %s".formatted(tid, interrupted.getMessage()));
    }
  }

  /** Ends this task alone, of several of its process; on its own thread never returns. */
  void exitAlone(WaitStatus how) {
    if (tid == group.pid()) {
      group.leaderExit(how);
    }
    endSoon();
    doomed();
    unwindIfDoomed();
  }

  @Override
  public void dismiss() {
    leads = false;
    endSoon();
  }

  @Override
  public boolean isDismissed() {
    return end.isDue();
  }

  private void endSoon() {
    end.due();
    sleeper.signalWakeUp(Urgency.FATAL);
  }

  /** Waits until it has ended, as the first task of a process until that has. */
  WaitStatus join() throws InterruptedException {
    try {
      WaitStatus own = await(end::await);
      return tid == group.pid() ? await(group::awaitEnd) : own;
    } catch (ErrnoException interrupted) {
      throw (InterruptedException)
          new InterruptedException(interrupted.getMessage()).initCause(interrupted);
    }
  }

  private WaitStatus await(CallableOp<WaitStatus, ErrnoException> ending) throws ErrnoException {
    return Sleeper.current(kernel.clock()).call(ending);
  }

  @Override
  public void doomed() {
    if (thread().isEmpty()) {
      end(new WaitStatus.Exited(0));
    }
  }

  /**
   * Lets go of everything and tells the parent.
   *
   * @param unlessDoomed how it ended, unless its process was made to end in another way
   */
  void end(WaitStatus unlessDoomed) {
    if (!end.begin()) {
      return;
    }
    sleeper.signalWakeUp(Urgency.FATAL);
    end.status(group.ending().orElse(unlessDoomed));
    try {
      leaveFutexes(belongings.space());
      belongings.release(caller(), kernel.unmapper());
    } finally {
      leave(unlessDoomed);
    }
  }

  /** Waiters for the end go on, whatever the listeners throw. */
  private void leave(WaitStatus unlessDoomed) {
    try {
      whenEnded.accept(this);
    } finally {
      released.open();
      group.leave(this, unlessDoomed);
      end.over();
    }
  }

  /** Leaves the locks that it holds in memory that it uses no more. */
  void leaveFutexes(AddressSpace space) {
    kernel.futexes().ownerDied(tid, robustList, space);
  }

  /** Returns which locks it holds, and who joins it. */
  RobustList robustList() {
    return robustList;
  }

  /** Returns what escaped from its program. */
  Optional<Throwable> failure() {
    return thread.flatMap(ProgramThread::failure);
  }

  /** Returns how it ended, or empty before. */
  Optional<WaitStatus> status() {
    return end.status();
  }

  /**
   * Returns what a clone of it has, counted among the users of it.
   *
   * @throws ErrnoException ESRCH if it is being ended: it may have let go of what it had
   */
  TaskResources forClone(CloneFlags flags) throws ErrnoException {
    synchronized (end) {
      requireNotEnding();
      return belongings.forClone(flags);
    }
  }

  /** Returns what a new process has that it makes; ESRCH as {@link #forClone}. */
  TaskResources forNewProcess(AddressSpace fresh) throws ErrnoException {
    synchronized (end) {
      requireNotEnding();
      return belongings.forNewProcess(fresh);
    }
  }

  /**
   * Has a memory map of its own, and descriptors, once an exec has passed its point of no return.
   *
   * @return what it had, to be let go of
   * @throws ErrnoException ESRCH if it is being ended; nothing has changed then
   */
  TaskResources exchange(AddressSpace fresh, String newName) throws ErrnoException {
    synchronized (end) {
      requireNotEnding();
      TaskResources former = belongings;
      belongings = former.forExec(fresh);
      leads = true;
      name = newName;
      return former;
    }
  }

  private void requireNotEnding() throws ErrnoException {
    if (end.hasBegun()) {
      throw ended();
    }
  }

  private ErrnoException ended() {
    return new ErrnoException(Errno.ESRCH, "task %d (%s) has ended".formatted(tid, name));
  }

  /**
   * Runs another program in the place of the one that called. On the thread of a program this does
   * not return: it unwinds to where the thread began. A task that is driven from outside stays so.
   *
   * @param program what runs now; without one the task is driven from outside from now on
   */
  void replace(Optional<Callable<Integer>> program) {
    if (isOnOwnThread()) {
      thread.orElseThrow().replace(program);
    }
  }
}
