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

/** The life of a task: its resources, its signals, its waits and its end. Thread-safe. */
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
   * @param whenEnded called when the task has released everything
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

  /** Returns its working directory and credentials. */
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

  /** Returns its system call entry. */
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

  /** Returns its identity for changes of its current memory map. */
  Caller caller() {
    return new Caller(belongings.space(), group.pid(), name);
  }

  /** Opens when the task has its own memory map or has ended: vfork waits for it. */
  Latch released() {
    return released;
  }

  /** Returns the threads that run its program, make its calls or end it. */
  Set<Thread> threads() {
    Set<Thread> threads = new LinkedHashSet<>(callers.threads());
    thread().map(ProgramThread::host).ifPresent(threads::add);
    end.by().ifPresent(threads::add);
    threads.removeIf(thread -> !thread.isAlive());
    return threads;
  }

  /** Returns whether threads are in its calls, even if it has ended. */
  boolean isCalled() {
    return !callers.threads().isEmpty();
  }

  /** Starts a program in it; ESRCH if it has ended, EBUSY if one is running. */
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

  /** Sets the program that runs in it when it starts. */
  void runs(Callable<Integer> program) {
    thread = Optional.of(new ProgramThread(this, kernel, program));
  }

  /** Starts its program, if it has one. */
  void start() {
    thread.ifPresent(ProgramThread::start);
    if (thread.isEmpty() && isDoomed()) {
      doomed();
    }
  }

  /** Returns the thread of its program, while one runs it. */
  Optional<ProgramThread> thread() {
    return thread.filter(ProgramThread::runs);
  }

  /** Unwinds the program or throws ESRCH if the task is ending or has ended. */
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

  /** Returns whether it is ending or has ended. */
  boolean isDoomed() {
    return end.isDue() || group.ending().isPresent();
  }

  /** Unwinds the thread of the program if it may not continue. */
  void unwindIfDoomed() {
    if (isDoomed() && isOnOwnThread()) {
      throw new ProgramEnd("task %d (%s) ends".formatted(tid, name));
    }
  }

  private boolean isOnOwnThread() {
    return thread.filter(ProgramThread::isCurrent).isPresent();
  }

  /**
   * Ends the process, unless this task is already ending separately; returns when the task has
   * ended, and never on its own thread.
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

  /** Ends this task but not the others of its process; never returns on its own thread. */
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

  /** Waits until it has ended, or for the first task of a process, until the process has. */
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
   * Releases everything and notifies the parent.
   *
   * @param unlessDoomed how it ended, unless its process was ended in another way
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

  /** Waiters for the end resume, whatever the listeners throw. */
  private void leave(WaitStatus unlessDoomed) {
    try {
      whenEnded.accept(this);
    } finally {
      released.open();
      group.leave(this, unlessDoomed);
      end.over();
    }
  }

  /** Releases the robust futexes that it holds, as it leaves its memory. */
  void leaveFutexes(AddressSpace space) {
    kernel.futexes().ownerDied(tid, robustList, space);
  }

  /** Returns its robust list, and the word to clear for a thread that joins it. */
  RobustList robustList() {
    return robustList;
  }

  /** Returns the exception that escaped from its program. */
  Optional<Throwable> failure() {
    return thread.flatMap(ProgramThread::failure);
  }

  /** Returns how it ended, or empty before. */
  Optional<WaitStatus> status() {
    return end.status();
  }

  /**
   * Returns the resources of a clone, which is counted as a user of them.
   *
   * @throws ErrnoException ESRCH if this task is ending: it may have released its resources
   */
  TaskResources forClone(CloneFlags flags) throws ErrnoException {
    synchronized (end) {
      requireNotEnding();
      return belongings.forClone(flags);
    }
  }

  /** Returns the resources of a new child process; ESRCH as {@link #forClone}. */
  TaskResources forNewProcess(AddressSpace fresh) throws ErrnoException {
    synchronized (end) {
      requireNotEnding();
      return belongings.forNewProcess(fresh);
    }
  }

  /**
   * Sets its own memory map and descriptors, once an exec has passed its point of no return.
   *
   * @return the former ones, to be released
   * @throws ErrnoException ESRCH if it is ending; then nothing has changed
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
   * Runs another program in place of the calling one. On the thread of a program this does not
   * return: it unwinds to the start of the thread. A task driven from outside stays so.
   *
   * @param program the new program; without one the task is driven from outside from now on
   */
  void replace(Optional<Callable<Integer>> program) {
    if (isOnOwnThread()) {
      thread.orElseThrow().replace(program);
    }
  }
}
