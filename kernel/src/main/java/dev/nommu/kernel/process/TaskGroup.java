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
 * A process: what its threads have in common besides memory and files, as {@code signal_struct}. It
 * has a parent, children, signals, and an end that is reported to its parent. Thread-safe.
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

  /** How it ends, known before its threads have ended. */
  private Optional<WaitStatus> ending = Optional.empty();

  private final Latch ended;
  private volatile boolean executed;
  private volatile Membership membership;

  private volatile Resources resources = Resources.unlimited();

  /** The exit status of its first thread, if that ended before the others. */
  private Optional<WaitStatus> leaderStatus = Optional.empty();

  /** Whether its threads have ended. */
  private boolean over;

  /** Whether a thread has to look at signals before it goes on; read without the lock. */
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

  /** Whether a child has a say of its own in what signals do. */
  public enum Handlers {
    /** It begins with the parent's and goes its own way. */
    COPIED,
    /** It has the parent's: CLONE_SIGHAND. */
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

  /** Returns what it may use, and what it has used. */
  public Resources resources() {
    return resources;
  }

  /** Makes a child without threads. */
  public TaskGroup child(Handlers handlers) {
    return table.locked(() -> newChild(this, handlers));
  }

  /** Makes a child of the parent: CLONE_PARENT. */
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

  /** Adds its first thread, which has to end at once if the process is about to. */
  public void join(Member first) {
    table.locked(() -> add(first));
  }

  /**
   * Adds a thread that another one made. It has to end at once if the process is about to, or if
   * its maker was dismissed before: whoever dismissed that one could not see it.
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
   * Returns its oldest thread, of a process that has ended the last; empty before there was one.
   */
  public Optional<Member> leader() {
    return table.locked(members::leader);
  }

  /** Returns what it does. */
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

  /** Returns its signals as proc tells them. */
  public SignalSets signalSets() {
    return table.locked(
        () -> SignalSets.of(signals.shared(), members.leader().map(Member::signals), actions));
  }

  /** Returns its thread of this number; empty if there is none, or it has ended. */
  Optional<Member> thread(int tid) {
    return table.locked(() -> members.find(tid));
  }

  /** Returns how many threads it has. */
  public int threads() {
    return table.locked(members::count);
  }

  /**
   * Takes a thread away that has ended; with the last one the process ends.
   *
   * @param status how it ends if nothing else was said before
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
   * @throws ErrnoException EINTR if a fatal signal came to the waiting task
   */
  public WaitStatus awaitEnd() throws ErrnoException {
    ended.awaitKillably();
    return ending().orElseThrow();
  }

  /** Says what the first thread ends with: the process, too, unless it is made to end before. */
  public void leaderExit(WaitStatus status) {
    table.locked(() -> leaderStatus = Optional.of(status));
  }

  /** Returns its tracees until now. */
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
   * Returns whether an ended child stays until this process asks for it; not so for a first process
   * that has not executed a file.
   */
  boolean waitsForChildren() {
    return (executed || !isInit()) && actions.keepChildren();
  }

  /** Returns whether it wants SIGCHLD when a child stops or goes on. */
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

  /** Returns which process group and session it belongs to. */
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
   * Waits until there is something to tell of a child, as {@code waitid}.
   *
   * @param child the number of one; {@link #ANY}, 0 for those of the own process group, else the
   *     number of a process group below 0
   * @return the change and its child; empty if there is none yet and the options say not to wait
   * @throws ErrnoException ECHILD without such a child, EINTR
   */
  public Optional<ChildNews> await(int child, Set<WaitOption> options) throws ErrnoException {
    table.lock().lock();
    try {
      return family.await(child, options);
    } finally {
      table.lock().unlock();
    }
  }

  /** Returns what a signal does. */
  public Disposition action(Signal signal) {
    return table.locked(() -> actions.of(signal));
  }

  /** Sets what a signal does; returns what it did. EINVAL for SIGKILL and SIGSTOP. */
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
   * Forgets the handlers of the program that is replaced by another. A signal that one of them
   * should have handled does what it does by default (execve(2)).
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
   * Makes all threads end but one, as {@code de_thread} of Linux. Nobody is dismissed by a thread
   * that was dismissed itself: of two that ask for it at once the first goes on.
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
   * Makes the process end: every thread at its next call. The first reason counts.
   *
   * @param status reported to its parent
   */
  public void groupExit(WaitStatus status) {
    table.locked(() -> beginEnd(status)).forEach(Member::doomed);
  }

  /** Returns the threads, which have yet to be told. */
  List<Member> beginEnd(WaitStatus status) {
    ending = ending.or(() -> Optional.of(status));
    start();
    return members.signalWakeUp(Urgency.FATAL);
  }

  /** Returns how it ends, once that is known. */
  public Optional<WaitStatus> ending() {
    return table.locked(() -> ending);
  }

  /** Returns whether a thread has something to do before it goes on; costs nothing. */
  public boolean wantsAttention() {
    return wantsAttention;
  }

  /**
   * Waits while the process is stopped, then takes the signals that wait for a thread.
   *
   * @return what is to be run, in the order of their numbers
   * @throws ErrnoException EINTR if the process is to end
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
