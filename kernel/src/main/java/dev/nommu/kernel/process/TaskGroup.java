package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.time.Urgency;
import dev.nommu.kernel.time.WaitQueue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process: what its threads have in common besides memory and files, as {@code signal_struct}. It
 * has a parent, children, signals, and an end of which its parent is told. Thread-safe.
 */
public final class TaskGroup {
  private static final int ANY_CHILD = -1;

  private final ProcessTable table;
  private final int pid;
  private final SignalActions actions;
  private final Map<Integer, Member> members = new LinkedHashMap<>();
  private Optional<Member> leader = Optional.empty();
  private final Map<Integer, TaskGroup> children = new LinkedHashMap<>();
  private final Set<TaskGroup> childrenWithNews = new LinkedHashSet<>();
  private final WaitQueue childEvents;
  private final WaitQueue continued;
  private final Set<Signal> pending = EnumSet.noneOf(Signal.class);
  private Optional<TaskGroup> parent;

  /** How it ends, known before its threads have ended. */
  private Optional<WaitStatus> ending = Optional.empty();

  /** What the parent has not heard yet. */
  private Optional<WaitStatus> news = Optional.empty();

  private volatile long dataLimit = Long.MAX_VALUE;

  private boolean stopped;

  /** Whether a thread has to look at signals before it goes on; read without the lock. */
  private volatile boolean wantsAttention;

  TaskGroup(ProcessTable table, int pid, Optional<TaskGroup> parent, SignalActions actions) {
    this.table = table;
    this.pid = pid;
    this.parent = parent;
    this.actions = actions;
    this.childEvents = new WaitQueue(table.lock(), "a child");
    this.continued = new WaitQueue(table.lock(), "SIGCONT");
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
    return table.locked(() -> parent.map(TaskGroup::pid).orElse(0));
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
    return table.locked(() -> bear(this, handlers));
  }

  /** Makes a child of the parent: CLONE_PARENT. */
  public TaskGroup sibling(Handlers handlers) {
    return table.locked(() -> bear(parent.orElse(this), handlers));
  }

  private TaskGroup bear(TaskGroup mother, Handlers handlers) {
    SignalActions theirs = handlers == Handlers.SHARED ? actions : actions.copy();
    Optional<TaskGroup> alive = Optional.of(mother).filter(of -> !of.hasEnded());
    TaskGroup child = new TaskGroup(table, table.nextId(), alive.or(table::init), theirs);
    child.dataLimit = dataLimit;
    child.parent.ifPresent(of -> of.children.put(child.pid, child));
    return table.add(child);
  }

  /** Adds a thread, which has to end at once if the process is about to. */
  public void join(Member member) {
    table.lock().lock();
    try {
      leader = leader.or(() -> Optional.of(member));
      members.put(member.tid(), member);
      if (ending.isPresent()) {
        member.sleeper().press(Urgency.FATAL);
      }
    } finally {
      table.lock().unlock();
    }
  }

  /** Returns its first thread, also after that has ended; empty before there was one. */
  public Optional<Member> leader() {
    return table.locked(() -> leader);
  }

  /** Returns what it does. */
  public ProcessState state() {
    return table.locked(() -> {
      if (hasEnded()) {
        return ProcessState.ZOMBIE;
      }
      if (stopped) {
        return ProcessState.STOPPED;
      }
      boolean runs = members.values().stream().anyMatch(each -> !each.sleeper().sleeps());
      return runs ? ProcessState.RUNNING : ProcessState.SLEEPING;
    });
  }

  /** Returns its signals. */
  public SignalSets signals() {
    return table.locked(() -> SignalSets.of(pending, actions));
  }

  /** Returns how many threads it has. */
  public int threads() {
    return table.locked(members::size);
  }

  /**
   * Takes a thread away that has ended; with the last one the process ends.
   *
   * @param status how it ends if nothing else was said before
   */
  public void leave(Member member, WaitStatus status) {
    table.lock().lock();
    try {
      if (members.remove(member.tid()) != null && members.isEmpty()) {
        end(ending.orElse(status));
      }
    } finally {
      table.lock().unlock();
    }
  }

  private void end(WaitStatus status) {
    ending = Optional.of(status);
    refreshAttention();
    orphan();
    if (isWaitedFor()) {
      tellParent(status);
    } else {
      reap();
      parent.ifPresent(to -> to.childEvents.wakeAll());
    }
  }

  /** Children go to init, which does not wait for them. */
  private void orphan() {
    Optional<TaskGroup> foster = table.init().filter(init -> init != this);
    for (TaskGroup child : children.values()) {
      child.parent = foster;
      foster.ifPresent(init -> init.children.put(child.pid, child));
    }
    List<TaskGroup> dead = childrenWithNews.stream().filter(TaskGroup::hasEnded).toList();
    children.clear();
    childrenWithNews.clear();
    dead.forEach(TaskGroup::reap);
  }

  private boolean hasEnded() {
    return members.isEmpty() && ending.isPresent();
  }

  private boolean isWaitedFor() {
    return parent
        .filter(of -> !of.isInit() && of.actions.of(Signal.SIGCHLD) != Disposition.IGNORE)
        .isPresent();
  }

  private boolean isInit() {
    return table.init().filter(init -> init == this).isPresent();
  }

  private void reap() {
    table.remove(this);
    parent.ifPresent(of -> of.forget(this));
  }

  private void forget(TaskGroup child) {
    children.remove(child.pid);
    childrenWithNews.remove(child);
  }

  private void tellParent(WaitStatus status) {
    news = Optional.of(status);
    parent.ifPresent(to -> {
      to.childrenWithNews.add(this);
      to.childEvents.wakeAll();
      to.post(Signal.SIGCHLD);
    });
  }

  /**
   * Waits until there is something to tell of a child, as {@code waitpid}.
   *
   * @param child the number of one, or -1 for any
   * @return what became of which; empty if nothing did yet and the options say not to wait
   * @throws ErrnoException ECHILD without such a child, EINTR
   */
  public Optional<Waited> await(int child, Set<WaitOption> options) throws ErrnoException {
    table.lock().lock();
    try {
      Optional<Waited> found = takeNews(child, options);
      while (found.isEmpty() && !options.contains(WaitOption.WNOHANG)) {
        childEvents.await();
        found = takeNews(child, options);
      }
      return found;
    } finally {
      table.lock().unlock();
    }
  }

  private Optional<Waited> takeNews(int child, Set<WaitOption> options) throws ErrnoException {
    if (child == ANY_CHILD ? children.isEmpty() : !children.containsKey(child)) {
      throw new ErrnoException(
          Errno.ECHILD, "waitpid: process %d has no child %d to wait for".formatted(pid, child));
    }
    Optional<TaskGroup> found =
        childrenWithNews.stream()
            .filter(of -> child == ANY_CHILD || of.pid == child)
            .filter(of -> of.news.filter(status -> isAskedFor(status, options)).isPresent())
            .findFirst();
    return found.map(TaskGroup::tellNews);
  }

  private static boolean isAskedFor(WaitStatus status, Set<WaitOption> options) {
    return switch (status) {
      case WaitStatus.Exited exited -> true;
      case WaitStatus.Signaled signaled -> true;
      case WaitStatus.Stopped stopped -> options.contains(WaitOption.WUNTRACED);
      case WaitStatus.Continued continued -> options.contains(WaitOption.WCONTINUED);
    };
  }

  private Waited tellNews() {
    Waited told = new Waited(pid, news.orElseThrow());
    news = Optional.empty();
    parent.ifPresent(of -> of.childrenWithNews.remove(this));
    if (hasEnded()) {
      reap();
    }
    return told;
  }

  /** Sets what a signal does; returns what it did. EINVAL for SIGKILL and SIGSTOP. */
  public Disposition action(Signal signal, Disposition disposition) throws ErrnoException {
    if (signal.isForced()) {
      throw new ErrnoException(Errno.EINVAL, "sigaction: " + signal + " cannot be handled");
    }
    return table.locked(() -> actions.set(signal, disposition));
  }

  /** Forgets the handlers of the program that is replaced by another. */
  public void forgetHandlers() {
    table.locked(() -> {
      actions.forgetHandlers();
      return true;
    });
  }

  /** Makes all threads end but one. */
  public void dismissOthers(Member survivor) {
    List<Member> others =
        table.locked(() -> members.values().stream().filter(one -> one != survivor).toList());
    others.forEach(Member::dismissed);
  }

  /** Sends a signal. A process that has ended does not mind. */
  public void send(Signal signal) {
    boolean fatal = table.locked(() -> post(signal));
    if (fatal) {
      doom(new WaitStatus.Signaled(signal));
    }
  }

  /** Returns whether the signal ends the process. */
  private boolean post(Signal signal) {
    if (ending.isPresent()) {
      return false;
    }
    if (signal == Signal.SIGCONT) {
      goOn();
    }
    return switch (actions.of(signal)) {
      case Disposition.Ignore ignore -> false;
      case Disposition.Handle handle -> {
        pending.add(signal);
        refreshAttention();
        members.values().stream()
            .findFirst()
            .ifPresent(one -> one.sleeper().press(Urgency.HANDLED));
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

  private void stop(Signal signal) {
    if (!stopped) {
      stopped = true;
      refreshAttention();
      tellParent(new WaitStatus.Stopped(signal));
    }
  }

  private void goOn() {
    if (stopped) {
      stopped = false;
      refreshAttention();
      continued.wakeAll();
      tellParent(new WaitStatus.Continued());
    }
  }

  private void refreshAttention() {
    wantsAttention = stopped || ending.isPresent() || !pending.isEmpty();
  }

  /**
   * Makes the process end: every thread at its next call. The first reason counts.
   *
   * @param status of which its parent will be told
   */
  public void doom(WaitStatus status) {
    List<Member> doomed = new ArrayList<>();
    table.lock().lock();
    try {
      if (ending.isEmpty()) {
        ending = Optional.of(status);
      }
      stopped = false;
      refreshAttention();
      continued.wakeAll();
      doomed.addAll(members.values());
      doomed.forEach(member -> member.sleeper().press(Urgency.FATAL));
    } finally {
      table.lock().unlock();
    }
    doomed.forEach(Member::doomed);
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
      while (stopped) {
        continued.awaitKillably();
      }
      List<Runnable> handlers = new ArrayList<>();
      for (Signal signal : pending) {
        if (actions.of(signal) instanceof Disposition.Handle(Disposition.Handler handler)) {
          handlers.add(() -> handler.handle(signal));
        }
      }
      pending.clear();
      members.values().forEach(member -> member.sleeper().relieve());
      refreshAttention();
      return handlers;
    } finally {
      table.lock().unlock();
    }
  }
}
