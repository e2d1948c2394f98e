package dev.nommu.kernel.process;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.wait.WaitQueue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parent and the children of one process, and the state changes reported between them. The
 * tracer of a process is notified before its parent. Guarded by the lock of the {@link
 * ProcessTable}. The cost of its operations does not depend on unrelated processes.
 */
final class Family {
  private final ProcessTable table;
  private final TaskGroup self;
  private final Map<Integer, TaskGroup> children = new LinkedHashMap<>();
  private final Map<Integer, TaskGroup> tracees = new LinkedHashMap<>();

  /** Children and tracees. */
  private final Set<TaskGroup> withNews = new LinkedHashSet<>();

  private final WaitQueue events;
  private Optional<TaskGroup> parent;
  private Optional<TaskGroup> tracer = Optional.empty();

  /** Events that have not been reported yet. */
  private Optional<WaitStatus> news = Optional.empty();

  Family(ProcessTable table, TaskGroup self, Optional<TaskGroup> parent) {
    this.table = table;
    this.self = self;
    this.parent = parent;
    this.events = new WaitQueue(table.lock(), "a child");
    parent.ifPresent(of -> of.family().children.put(self.pid(), self));
  }

  Optional<TaskGroup> parent() {
    return parent;
  }

  Optional<TaskGroup> tracer() {
    return tracer;
  }

  /** Returns the tracee with this number, or empty. */
  Optional<TaskGroup> tracee(int pid) {
    return Optional.ofNullable(tracees.get(pid));
  }

  void tracedBy(TaskGroup newTracer) {
    tracer = Optional.of(newTracer);
    newTracer.family().tracees.put(self.pid(), self);
  }

  /** Ends the tracing and drops events not yet reported to the tracer. */
  void untrace() {
    tracer.ifPresent(of -> {
      of.family().tracees.remove(self.pid());
      of.family().withNews.remove(self);
      news = Optional.empty();
    });
    tracer = Optional.empty();
  }

  /** Releases the tracees of the process; returns them. */
  List<TaskGroup> releaseTracees() {
    List<TaskGroup> released = List.copyOf(tracees.values());
    released.forEach(each -> each.family().lostTracer());
    return released;
  }

  private void lostTracer() {
    Optional<WaitStatus> untold = news.filter(status -> self.isOver());
    untrace();
    self.tracing().ended();
    untold.ifPresent(this::tellEnd);
  }

  /** Hands the children over to init and reaps the zombies. */
  void orphanChildren() {
    List<TaskGroup> dead = withNews.stream().filter(TaskGroup::isOver).toList();
    dead.forEach(child -> child.family().reap());
    Optional<TaskGroup> foster = table.init().filter(init -> init != self);
    for (TaskGroup child : children.values()) {
      child.family().parent = foster;
      foster.ifPresent(init -> init.family().children.put(child.pid(), child));
    }
    children.clear();
    withNews.clear();
  }

  /**
   * Reports how this process ended: to a tracer other than the parent first, then to the parent.
   */
  void tellEnd(WaitStatus status) {
    if (hasForeignTracer() || parent.filter(TaskGroup::waitsForChildren).isPresent()) {
      tell(status);
    } else {
      reap();
      parent.ifPresent(of -> {
        of.family().events.wakeAll();
        of.signals().post(SignalInfo.ofChild(self.pid(), self.uid(), status, false));
      });
    }
  }

  private boolean hasForeignTracer() {
    return tracer.isPresent() && !tracer.equals(parent);
  }

  private Optional<TaskGroup> listener() {
    return tracer.or(() -> parent);
  }

  /** Reports a state change of this process. */
  void tell(WaitStatus status) {
    news = Optional.of(status);
    listener().ifPresent(of -> of.family().hear(self, status));
  }

  private void hear(TaskGroup teller, WaitStatus status) {
    withNews.add(teller);
    events.wakeAll();
    if (self.hearsOfStops() || teller.isOver()) {
      boolean traced = tracees.containsKey(teller.pid());
      self.signals().post(SignalInfo.ofChild(teller.pid(), teller.uid(), status, traced));
    }
  }

  private void reap() {
    table.remove(self);
    untrace();
    parent.ifPresent(of -> of.family().forget(self));
  }

  private void forget(TaskGroup child) {
    children.remove(child.pid());
    withNews.remove(child);
  }

  /** See {@link TaskGroup#await}. */
  Optional<ChildNews> await(int child, Set<WaitOption> options) throws ErrnoException {
    Optional<TaskGroup> found = awaitNews(child, options);
    Optional<ChildNews> news = found.map(this::newsOf);
    if (!options.contains(WaitOption.WNOWAIT)) {
      found.ifPresent(of -> of.family().heard());
    }
    return news;
  }

  private ChildNews newsOf(TaskGroup of) {
    return new ChildNews(
        of.pid(),
        of.uid(),
        of.family().news.orElseThrow(),
        tracees.containsKey(of.pid()),
        of.resources().cpuTime().all());
  }

  private Optional<TaskGroup> awaitNews(int child, Set<WaitOption> options) throws ErrnoException {
    Optional<TaskGroup> found = withNews(child, options);
    while (found.isEmpty() && !options.contains(WaitOption.WNOHANG)) {
      events.await();
      found = withNews(child, options);
    }
    return found;
  }

  private Optional<TaskGroup> withNews(int child, Set<WaitOption> options) throws ErrnoException {
    if (child > 0) {
      Optional<TaskGroup> wanted = tracee(child).or(() -> Optional.ofNullable(children.get(child)));
      requireOne(wanted.isPresent(), child);
      return wanted.filter(of -> hasNews(of, options));
    }
    requireOne(
        Stream.concat(children.values().stream(), tracees.values().stream())
            .anyMatch(of -> isOneOf(of, child)),
        child);
    return withNews.stream().filter(of -> isOneOf(of, child) && hasNews(of, options)).findFirst();
  }

  /** Returns whether a process matches ANY, 0 for this one's group, or a negated group number. */
  private boolean isOneOf(TaskGroup of, int number) {
    int group = number == 0 ? self.membership().group() : -number;
    return number == TaskGroup.ANY || of.membership().group() == group;
  }

  private void requireOne(boolean there, int child) throws ErrnoException {
    if (!there) {
      throw new ErrnoException(
          Errno.ECHILD,
          "wait: process %d has no child %s to wait for"
              .formatted(self.pid(), child == TaskGroup.ANY ? "at all" : child));
    }
  }

  private boolean hasNews(TaskGroup of, Set<WaitOption> options) {
    return withNews.contains(of)
        && of.family().news.filter(status -> isAskedFor(of, status, options)).isPresent();
  }

  /** Returns whether the options ask for a status; a tracer always receives stops of its tracee. */
  private boolean isAskedFor(TaskGroup of, WaitStatus status, Set<WaitOption> options) {
    return switch (status) {
      case WaitStatus.Exited exited -> options.contains(WaitOption.WEXITED);
      case WaitStatus.Signaled signaled -> options.contains(WaitOption.WEXITED);
      case WaitStatus.Stopped stopped ->
          tracees.containsKey(of.pid()) || options.contains(WaitOption.WUNTRACED);
      case WaitStatus.Continued continued -> options.contains(WaitOption.WCONTINUED);
    };
  }

  /** Called when a state change of this process was reported. */
  private void heard() {
    WaitStatus told = news.orElseThrow();
    news = Optional.empty();
    listener().ifPresent(of -> of.family().withNews.remove(self));
    if (self.isOver()) {
      bury(told);
    }
  }

  /** Removes the process, or reports its end to the parent after the tracer. */
  private void bury(WaitStatus status) {
    if (hasForeignTracer()) {
      untrace();
      tellEnd(status);
    } else {
      parent.ifPresent(of -> of.resources().cpuTime().add(self.resources().cpuTime()));
      reap();
    }
  }
}
