package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.wait.Urgency;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A process: what its threads have in common besides memory and files, as {@code signal_struct}. It
 * has a parent, children, signals, and an end of which its parent is told. Thread-safe.
 */
public final class TaskGroup {
  private final ProcessTable table;
  private final int pid;
  private final SignalActions actions;
  private final Threads members = new Threads();
  private final Family family;
  private final Tracing tracing;
  private final JobControl jobControl;
  private final Set<Signal> pending = EnumSet.noneOf(Signal.class);

  /** How it ends, known before its threads have ended. */
  private Optional<WaitStatus> ending = Optional.empty();

  private volatile long dataLimit = Long.MAX_VALUE;

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

  /** Returns the number of the parent; 0 if it has none. */
  public int ppid() {
    return table.locked(() -> family.parent().map(TaskGroup::pid).orElse(0));
  }

  /** Returns how many bytes data and bss of an executable may have (RLIMIT_DATA). */
  public long dataLimit() {
    return dataLimit;
  }

  /** Sets how many bytes data and bss of an executable may have; children inherit it. */
  public void dataLimit(long bytes) {
    dataLimit = bytes;
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
    child.dataLimit = dataLimit;
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
  public SignalSets signals() {
    return table.locked(() -> SignalSets.of(pending, actions));
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
          return last ? end(ending.orElse(status)) : List.of();
        });
    released.forEach(each -> each.tracing().deliverHeldBack());
  }

  /** Returns whom it traced until now. */
  private List<TaskGroup> end(WaitStatus status) {
    ending = Optional.of(status);
    over = true;
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

  /** Returns whether an ended child stays until this process asks for it. */
  boolean waitsForChildren() {
    return !isInit() && !actions.of(Signal.SIGCHLD).equals(Disposition.IGNORE);
  }

  private boolean isInit() {
    return table.init().filter(init -> init == this).isPresent();
  }

  Family family() {
    return family;
  }

  /**
   * Waits until there is something to tell of a child, as {@code waitpid}.
   *
   * @param child the number of one, or -1 for any
   * @return what became of which; empty if nothing did yet and the options say not to wait
   * @throws ErrnoException ECHILD without such a child, EINTR
   */
  public Optional<WaitResult> await(int child, Set<WaitOption> options) throws ErrnoException {
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
    return table.locked(() -> actions.set(signal, disposition));
  }

  /**
   * Forgets the handlers of the program that is replaced by another. A signal that one of them
   * should have handled does what it does by default (execve(2)).
   */
  public void forgetHandlers() {
    Optional<Signal> fatal =
        table.locked(() -> {
          actions.forgetHandlers();
          List<Signal> unhandled = List.copyOf(pending);
          pending.clear();
          return unhandled.stream().filter(this::act).findFirst();
        });
    fatal.ifPresent(signal -> groupExit(new WaitStatus.Signaled(signal)));
  }

  /**
   * Makes all threads end but one, as {@code de_thread} of Linux. Nobody is dismissed by a thread
   * that was dismissed itself: of two that ask for it at once the first goes on.
   */
  public void zapOtherThreads(Member survivor) {
    table.locked(() -> members.zapOtherThreads(survivor)).forEach(Member::doomed);
  }

  /** Sends a signal. A process that has ended does not mind. */
  public void send(Signal signal) {
    boolean fatal = table.locked(() -> post(signal));
    if (fatal) {
      groupExit(new WaitStatus.Signaled(signal));
    }
  }

  /** Returns whether the signal ends the process. */
  boolean post(Signal signal) {
    if (ending.isPresent()) {
      return false;
    }
    if (family.tracer().isPresent() && signal != Signal.SIGKILL) {
      tracing.intercept(signal);
      return false;
    }
    return act(signal);
  }

  boolean act(Signal signal) {
    if (signal == Signal.SIGCONT) {
      jobControl.goOn();
      refreshAttention();
    }
    return switch (actions.of(signal)) {
      case Disposition.Ignore ignore -> false;
      case Disposition.Handle handle -> {
        pending.add(signal);
        refreshAttention();
        members.leader().ifPresent(one -> one.sleeper().signalWakeUp(Urgency.HANDLED));
        yield false;
      }
      case Disposition.Default byDefault -> actByDefault(signal);
    };
  }

  private boolean actByDefault(Signal signal) {
    if (isInit()) {
      return false;
    }
    if (signal.defaultAction() == Signal.DefaultAction.STOP) {
      stop(signal);
    }
    return signal.defaultAction() == Signal.DefaultAction.TERMINATE;
  }

  void stop(Signal signal) {
    jobControl.stop(signal);
    refreshAttention();
  }

  void start() {
    jobControl.start();
    refreshAttention();
  }

  /** Returns who traces it, and whom it traces. */
  public Tracing tracing() {
    return tracing;
  }

  boolean isStopped() {
    return jobControl.isStopped();
  }

  private void refreshAttention() {
    wantsAttention = isStopped() || ending.isPresent() || !pending.isEmpty();
  }

  /**
   * Makes the process end: every thread at its next call. The first reason counts.
   *
   * @param status of which its parent will be told
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
   * Waits while the process is stopped, then takes the signals that wait to be handled.
   *
   * @return what is to be run, in the order of their numbers
   * @throws ErrnoException EINTR if the process is to end
   */
  public List<Runnable> takeSignals() throws ErrnoException {
    table.lock().lock();
    try {
      jobControl.awaitStart();
      List<Runnable> handlers = new ArrayList<>();
      for (Signal signal : pending) {
        if (actions.of(signal) instanceof Disposition.Handle(Disposition.Handler handler)) {
          handlers.add(() -> handler.handle(signal));
        }
      }
      pending.clear();
      members.clearSignalPending();
      refreshAttention();
      return handlers;
    } finally {
      table.lock().unlock();
    }
  }
}
