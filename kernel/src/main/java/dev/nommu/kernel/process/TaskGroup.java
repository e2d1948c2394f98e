package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.wait.Latch;
import dev.nommu.kernel.wait.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A process: the state its threads share besides memory and files, as in {@code signal_struct}. It
 * has a parent, children and signals, and its end is reported to its parent. Thread-safe.
 */
public final class TaskGroup {
  /** Stands for any child. */
  public static final int ANY = Integer.MIN_VALUE;

  private final ProcessTable table;
  private final int pid;
  private final SignalActions actions;
  private final Threads members = new Threads();
  private final Family family;
  private final Tracing tracing;
  private final JobControl jobControl;
  private final ProcessSignals signals;

  /** The status it will end with, known before its threads have ended. */
  private Optional<WaitStatus> ending = Optional.empty();

  private final Latch ended;
  private volatile boolean executed;
  private volatile Membership membership;

  private volatile Resources resources = Resources.unlimited();

  /** The exit status of its first thread, if that ended before the others. */
  private Optional<WaitStatus> leaderStatus = Optional.empty();

  /** Whether its threads have ended. */
  private boolean over;

  /** Whether a thread has to handle signals before it continues; read without the lock. */
  private volatile boolean wantsAttention;

  TaskGroup(ProcessTable table, int pid, Optional<TaskGroup> parent, SignalActions actions) {
    this.table = table;
    this.pid = pid;
    this.actions = actions;
    this.family = new Family(table, this, parent);
    this.tracing = new Tracing(this, table);
    this.jobControl = new JobControl(table, family);
    this.signals = new ProcessSignals(table, this, members, actions);
    this.ended = new Latch("the end of process " + pid);
    this.membership = parent.map(TaskGroup::membership).orElse(Membership.NONE);
  }

  /** Whether a child has signal actions of its own. */
  public enum Handlers {
    /** It starts with a copy of the parent's. */
    COPIED,
    /** It shares the parent's: CLONE_SIGHAND. */
    SHARED
  }

  /** Returns its number. */
  public int pid() {
    return pid;
  }

  /** Returns its user, 0 before it has a thread. */
  int uid() {
    return members.leader().map(leader -> leader.credentials().uid()).orElse(0);
  }

  /** Returns the number of the parent; 0 if it has none. */
  public int ppid() {
    return table.locked(() -> family.parent().map(TaskGroup::pid).orElse(0));
  }

  /** Returns its resource limits and usage. */
  public Resources resources() {
    return resources;
  }

  /** Creates a child without threads. */
  public TaskGroup child(Handlers handlers) {
    return table.locked(() -> newChild(this, handlers));
  }

  /** Creates a child of the parent: CLONE_PARENT. */
  public TaskGroup sibling(Handlers handlers) {
    return table.locked(() -> newChild(family.parent().orElse(this), handlers));
  }

  private TaskGroup newChild(TaskGroup parent, Handlers handlers) {
    SignalActions theirs = handlers == Handlers.SHARED ? actions : actions.copy();
    Optional<TaskGroup> alive = Optional.of(parent).filter(of -> !of.over);
    TaskGroup child = new TaskGroup(table, table.nextId(), alive.or(table::init), theirs);
    child.resources = resources.ofChild();
    return table.add(child);
  }

  /** Adds its first thread, which must end at once if the process is ending. */
  public void join(Member first) {
    table.locked(() -> add(first));
  }

  /**
   * Adds a thread that another one created. It must end at once if the process is ending, or if its
   * creator was already dismissed: that dismissal could not include it.
   */
  public void join(Member member, Member maker) {
    table.locked(() -> {
      if (maker.isDismissed()) {
        member.dismiss();
      }
      return add(member);
    });
  }

  private Member add(Member member) {
    members.add(member);
    if (ending.isPresent()) {
      member.sleeper().signalWakeUp(Urgency.FATAL);
    }
    signals.refresh();
    return member;
  }

  /**
   * Returns its oldest thread, or the last one if the process has ended; empty before the first.
   */
  public Optional<Member> leader() {
    return table.locked(members::leader);
  }

  /** Returns its state. */
  public ProcessState state() {
    return table.locked(() -> {
      if (over) {
        return ProcessState.ZOMBIE;
      }
      if (isStopped()) {
        return tracing.isTraced() ? ProcessState.TRACING_STOP : ProcessState.STOPPED;
      }
      return members.allSleep() ? ProcessState.SLEEPING : ProcessState.RUNNING;
    });
  }

  /** Returns its signals. */
  public ProcessSignals signals() {
    return signals;
  }

  /** Returns its signals as proc reports them. */
  public SignalSets signalSets() {
    return table.locked(
        () -> SignalSets.of(signals.shared(), members.leader().map(Member::signals), actions));
  }

  /** Returns its thread with this number; empty if there is none, or it has ended. */
  Optional<Member> thread(int tid) {
    return table.locked(() -> members.find(tid));
  }

  /** Returns how many threads it has. */
  public int threads() {
    return table.locked(members::count);
  }

  /**
   * Removes a thread that has ended; with the last one the process ends.
   *
   * @param status the status of the process unless one was set before
   */
  public void leave(Member member, WaitStatus status) {
    List<TaskGroup> released =
        table.locked(() -> {
          boolean last = members.remove(member) && members.count() == 0 && !over;
          signals.refresh();
          return last ? end(ending.or(() -> leaderStatus).orElse(status)) : List.of();
        });
    released.forEach(each -> each.tracing().deliverHeldBack());
    if (table.locked(() -> over)) {
      ended.open();
    }
  }

  /**
   * Waits until all of its threads have ended; returns how it ended.
   *
   * @throws ErrnoException EINTR if the waiting task received a fatal signal
   */
  public WaitStatus awaitEnd() throws ErrnoException {
    ended.awaitKillably();
    return ending().orElseThrow();
  }

  /**
   * Sets the exit status of the first thread, which is also the process's unless that is killed
   * first.
   */
  public void leaderExit(WaitStatus status) {
    table.locked(() -> leaderStatus = Optional.of(status));
  }

  /** Returns its former tracees. */
  private List<TaskGroup> end(WaitStatus status) {
    ending = Optional.of(status);
    over = true;
    signals.cancelAlarm();
    refreshAttention();
    List<TaskGroup> released = family.releaseTracees();
    family.orphanChildren();
    family.tellEnd(status);
    return released;
  }

  /** Returns whether all of its threads have ended. */
  boolean isOver() {
    return over;
  }

  /**
   * Returns whether an ended child stays until this process waits for it; false for a first process
   * that has not executed a file.
   */
  boolean waitsForChildren() {
    return (executed || !isInit()) && actions.keepChildren();
  }

  /** Returns whether it receives SIGCHLD when a child stops or continues. */
  boolean hearsOfStops() {
    return actions.hearOfStops();
  }

  boolean isInit() {
    return table.init().filter(init -> init == this).isPresent();
  }

  /** Returns whether it has executed a file. */
  public boolean hasExecuted() {
    return executed;
  }

  /** Returns its process group and session. */
  public Membership membership() {
    return membership;
  }

  void membership(Membership other) {
    membership = other;
  }

  Family family() {
    return family;
  }

  /**
   * Waits for a state change of a child, as {@code waitid} does.
   *
   * @param child the number of a child, {@link #ANY}, 0 for the caller's process group, or the
   *     negated number of a process group
   * @return the change and its child; empty if there is none yet and the options include WNOHANG
   * @throws ErrnoException ECHILD if there is no such child; EINTR
   */
  public Optional<ChildNews> await(int child, Set<WaitOption> options) throws ErrnoException {
    table.lock().lock();
    try {
      return family.await(child, options);
    } finally {
      table.lock().unlock();
    }
  }

  /** Returns the disposition of a signal. */
  public Disposition action(Signal signal) {
    return table.locked(() -> actions.of(signal));
  }

  /** Sets the disposition of a signal; returns the previous one. EINVAL for SIGKILL and SIGSTOP. */
  public Disposition action(Signal signal, Disposition disposition) throws ErrnoException {
    if (signal.isForced()) {
      throw new ErrnoException(Errno.EINVAL, "sigaction: " + signal + " cannot be handled");
    }
    return table.locked(() -> {
      Disposition former = actions.set(signal, disposition);
      signals.refresh();
      return former;
    });
  }

  /**
   * Resets the handlers of a program that is replaced by another. Pending signals with such a
   * handler take their default action (execve(2)).
   */
  public void forgetHandlers() {
    List<Runnable> unhandled =
        table.locked(() -> {
          executed = true;
          actions.forgetHandlers();
          return members.all().stream().flatMap(each -> signals.take(each).stream()).toList();
        });
    unhandled.forEach(Runnable::run);
  }

  /**
   * Ends all threads but one, as Linux's {@code de_thread} does. A dismissed thread cannot dismiss
   * others: of two concurrent callers the first survives.
   */
  public void zapOtherThreads(Member survivor) {
    table.locked(() -> members.zapOtherThreads(survivor)).forEach(Member::doomed);
  }

  void goOn() {
    jobControl.goOn();
    refreshAttention();
  }

  void stop(Signal signal) {
    jobControl.stop(signal);
    refreshAttention();
  }

  void start() {
    jobControl.start();
    refreshAttention();
  }

  /** Returns its tracer and its tracees. */
  public Tracing tracing() {
    return tracing;
  }

  boolean isStopped() {
    return jobControl.isStopped();
  }

  void refreshAttention() {
    wantsAttention = isStopped() || ending.isPresent() || signals.wantAttention();
  }

  /**
   * Ends the process: every thread at its next call. The first status counts.
   *
   * @param status reported to its parent
   */
  public void groupExit(WaitStatus status) {
    table.locked(() -> beginEnd(status)).forEach(Member::doomed);
  }

  /** Returns the threads, on which the caller must call {@link Member#doomed}. */
  List<Member> beginEnd(WaitStatus status) {
    ending = ending.or(() -> Optional.of(status));
    start();
    return members.signalWakeUp(Urgency.FATAL);
  }

  /** Returns the status it ends with, once that is known. */
  public Optional<WaitStatus> ending() {
    return table.locked(() -> ending);
  }

  /** Returns whether a thread has work to do before it continues; costs nothing. */
  public boolean wantsAttention() {
    return wantsAttention;
  }

  /**
   * Waits while the process is stopped, then takes the signals pending for a thread.
   *
   * @return the handlers to run, in order of signal number
   * @throws ErrnoException EINTR if the process must end
   */
  public List<Runnable> takeSignals(Member member) throws ErrnoException {
    table.lock().lock();
    try {
      List<Runnable> steps = new ArrayList<>();
      do {
        jobControl.awaitStart();
        steps.addAll(signals.take(member));
      } while (isStopped());
      return steps;
    } finally {
      table.lock().unlock();
    }
  }
}
