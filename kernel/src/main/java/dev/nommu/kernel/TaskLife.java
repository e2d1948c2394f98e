package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.proc.CurrentProcess;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.process.WaitStatus;
import dev.nommu.kernel.time.Latch;
import dev.nommu.kernel.time.Sleeper;
import dev.nommu.kernel.time.Urgency;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.FsContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The life of a task: what it has, the signals it heeds, how it waits and how it ends. Thread-safe.
 */
final class TaskLife implements Member {
  private static final long ONLY_ASK = 0xffff_ffffL;

  private final Task task;
  private final int tid;
  private final Machine machine;
  private final TaskGroup group;
  private final Sleeper sleeper;
  private final Optional<ProgramThread> thread;
  private final Latch released;
  private final Latch ended;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private volatile String name;
  private volatile Belongings belongings;
  private volatile long personality;

  /** Whether it ends apart from its process, or has ended. */
  private volatile boolean gone;

  private volatile boolean leads;
  private volatile Optional<WaitStatus> status = Optional.empty();

  TaskLife(
      Task task,
      int tid,
      String name,
      Machine machine,
      TaskGroup group,
      Belongings belongings,
      Optional<Program> program) {
    this.task = task;
    this.tid = tid;
    this.name = name;
    this.machine = machine;
    this.group = group;
    this.leads = tid == group.pid();
    this.sleeper = new Sleeper(machine.clock());
    this.belongings = belongings;
    this.released = new Latch("the child of vfork, process " + tid);
    this.ended = new Latch("the end of task " + tid);
    this.thread = program.map(runs -> new ProgramThread(task, this, machine, runs));
  }

  @Override
  public int tid() {
    return tid;
  }

  @Override
  public Credentials credentials() {
    return context().credentials();
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
  public String name() {
    return name;
  }

  TaskGroup group() {
    return group;
  }

  Belongings belongings() {
    return belongings;
  }

  /** A call that changes mappings. */
  @FunctionalInterface
  interface MappingCall<T> {
    /** Makes the call in the name of the task. */
    T make(Caller by) throws ErrnoException;
  }

  /**
   * Makes a call that changes mappings. Whoever kills the task meanwhile leaves its memory map to
   * this call, so that what it maps last is not forgotten.
   */
  <T> T mapping(MappingCall<T> call) throws ErrnoException {
    attend();
    Caller caller = by(belongings.space());
    caller.space().hold();
    try {
      return call.make(caller);
    } finally {
      machine.endCall(caller);
    }
  }

  private Caller by(AddressSpace space) {
    return new Caller(space, group.pid(), name);
  }

  /** Begins to run its program, if it has one. */
  void start() {
    thread.ifPresent(ProgramThread::start);
    if (thread.isEmpty() && group.ending().isPresent()) {
      doomed();
    }
  }

  /** Returns the thread of its program, as long as one runs it. */
  Optional<ProgramThread> thread() {
    return thread.filter(ProgramThread::runs);
  }

  /**
   * Heeds signals: every call begins with it, and one that waits also ends with it.
   *
   * @throws ErrnoException ESRCH if the task has ended; on the thread of its program that does not
   *     go on but unwinds
   */
  void attend() throws ErrnoException {
    if (!gone && !group.wantsAttention()) {
      return;
    }
    requireAlive();
    try {
      sleeper.during(group::takeSignals).forEach(Runnable::run);
    } catch (ErrnoException killed) {
      requireAlive();
      throw killed;
    }
  }

  private void requireAlive() throws ErrnoException {
    unwindIfDoomed();
    if (isDoomed()) {
      throw new ErrnoException(Errno.ESRCH, "task %d (%s) has ended".formatted(tid, name));
    }
  }

  /** Returns whether the end of its program is the end of the process. */
  boolean leads() {
    return leads;
  }

  /** Returns whether it is to end, or has. */
  boolean isDoomed() {
    return gone || group.ending().isPresent();
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
   * Makes a call that may wait, which signals end, or look at /proc/self. Signals are heeded before
   * and after it: what it returns is lost if the task is killed meanwhile, so that whatever has to
   * be given back is put where the task has it, or let go of, within the call.
   *
   * @throws ErrnoException ESRCH if the task was killed before the call was over; else what the
   *     call throws
   */
  <T> T call(Sleeper.Call<T> call) throws ErrnoException {
    attend();
    T result;
    try {
      result = new CurrentProcess(group.pid(), credentials()).call(sleeper, call);
    } catch (ErrnoException failure) {
      attendAfter(failure);
      throw failure;
    }
    attend();
    return result;
  }

  /** A failure is worth more than that the task has ended, unless it comes of nothing else. */
  private void attendAfter(ErrnoException failure) throws ErrnoException {
    unwindIfDoomed();
    if (!isDoomed() || failure.errno() == Errno.EINTR) {
      attend();
    }
  }

  /**
   * Ends the process, unless this task ends apart from it already; returns when the task has ended,
   * and on its own thread never.
   */
  void exit(WaitStatus how) {
    if (!gone) {
      group.doom(how);
    }
    unwindIfDoomed();
    awaitThread();
  }

  /** Ends this task alone, of several of its process; on its own thread never returns. */
  void exitAlone() {
    leave();
    doomed();
    unwindIfDoomed();
  }

  @Override
  public void dismiss() {
    leads = false;
    leave();
  }

  @Override
  public boolean isDismissed() {
    return gone;
  }

  private void leave() {
    gone = true;
    sleeper.press(Urgency.FATAL);
  }

  private void awaitThread() {
    try {
      awaitEnd();
    } catch (ErrnoException interrupted) {
      machine.log().print("task %d: nobody waits for its end".formatted(tid));
    }
  }

  /** Waits until it has ended. */
  WaitStatus join() throws InterruptedException {
    try {
      awaitEnd();
      return status.orElseThrow();
    } catch (ErrnoException interrupted) {
      throw (InterruptedException)
          new InterruptedException(interrupted.getMessage()).initCause(interrupted);
    }
  }

  private void awaitEnd() throws ErrnoException {
    Sleeper.current(machine.clock())
        .during(() -> {
          ended.awaitKillably();
          return true;
        });
  }

  /** Waits until it runs a program of its own or has ended, as the parent after vfork does. */
  void awaitRelease() throws ErrnoException {
    released.awaitKillably();
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
    synchronized (leaving) {
      if (leaving.getAndSet(true)) {
        return;
      }
    }
    gone = true;
    status = group.ending().or(() -> Optional.of(unlessDoomed));
    try {
      machine.release(belongings, by(belongings.space()));
    } finally {
      machine.ended(task);
      released.open();
      group.leave(this, unlessDoomed);
      ended.open();
    }
  }

  /** Returns what escaped from its program. */
  Optional<Throwable> failure() {
    return thread.flatMap(ProgramThread::failure);
  }

  /** Returns how it ended, or empty before. */
  Optional<WaitStatus> status() {
    return status;
  }

  /**
   * Replaces the memory map, as exec does at its point of no return. The old map is left, whoever
   * waits in vfork goes on, other threads of the process end, handlers of signals are forgotten,
   * descriptors are shared with nobody any more and those with FD_CLOEXEC are closed.
   *
   * @param fresh the new map, of which the task becomes the only user
   * @param newName what the task is called from now on
   * @throws ErrnoException ESRCH if the task was killed before, or another thread of the process
   *     executes a file at the same moment and was first
   */
  void beginExec(AddressSpace fresh, String newName) throws ErrnoException {
    group.dismissOthers(this);
    requireAlive();
    leads = true;
    machine.leave(by(exchange(fresh)));
    released.open();
    group.forgetHandlers();
    belongings.files().closeOnExec();
    name = newName;
  }

  /** Takes another memory map; returns the former one, which is the caller's to leave. */
  private AddressSpace exchange(AddressSpace fresh) throws ErrnoException {
    synchronized (leaving) {
      if (leaving.get()) {
        throw new ErrnoException(Errno.ESRCH, "execve: task %d has ended".formatted(task.tid()));
      }
      Belongings former = belongings;
      belongings = new Belongings(fresh, former.files().unshare(), former.fs());
      return former.space();
    }
  }

  /**
   * Runs another program in the place of the one that called, as exec does at its end. On the
   * thread of a program this does not return: it unwinds to where the thread began. A task that is
   * driven from outside stays so.
   *
   * @param program what runs now; without one the task is driven from outside from now on
   */
  void finishExec(Optional<Program> program) {
    group.tracing().executed();
    if (isOnOwnThread()) {
      thread.orElseThrow().replace(program);
    }
  }

  /** Sets the personality unless the bits only ask for it; returns the former one. */
  long personality(long bits) {
    long former = personality;
    if (bits != ONLY_ASK) {
      personality = bits;
    }
    return former;
  }
}
