package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a process is traced, and its tracer, as {@code task_struct.ptrace}. While it is, signals
 * stop it, and its tracer says how it goes on (ptrace(2)). Thread-safe.
 */
public final class Tracing {
  private final TaskGroup self;
  private final ProcessTable table;

  /** The signals that came while the process was stopped. */
  private final Set<Signal> heldBack = EnumSet.noneOf(Signal.class);

  /** If only by nobody: init has no parent. Read without the lock. */
  private volatile boolean traced;

  Tracing(TaskGroup self, ProcessTable table) {
    this.self = self;
    this.table = table;
  }

  /** Returns whether the process is traced; costs nothing. */
  public boolean isTraced() {
    return traced;
  }

  /** Returns the number of its tracer, 0 if it has none. */
  public int tracer() {
    return table.locked(() -> self.family().tracer().map(TaskGroup::pid).orElse(0));
  }

  /** Lets the parent trace the process; returns false if it is traced already. */
  public boolean byParent() {
    return table.locked(() -> {
      boolean first = !traced;
      traced = true;
      self.family().parent().filter(parent -> first).ifPresent(self.family()::tracedBy);
      return first;
    });
  }

  /** Lets another process trace this one, and stops it; returns false if it is traced already. */
  public boolean by(TaskGroup tracer) {
    return table.locked(() -> {
      boolean first = !traced && self.ending().isEmpty();
      if (first) {
        traced = true;
        self.family().tracedBy(tracer);
        self.start();
        self.stop(Signal.SIGSTOP);
      }
      return first;
    });
  }

  /** Returns the process of a number if this one traces it and it is stopped. */
  public Optional<TaskGroup> stoppedTracee(int pid) {
    return table.locked(() -> self.family().tracee(pid).filter(TaskGroup::isStopped));
  }

  /** Returns the process of a number if this one traces it, whatever it does. */
  public Optional<TaskGroup> tracee(int pid) {
    return table.locked(() -> self.family().tracee(pid));
  }

  /** Stops a process that runs another program now, with SIGTRAP, if it has a tracer. */
  public void executed() {
    table.locked(() ->
        self.family().tracer().isPresent()
            && self.signals().post(SignalInfo.ofUser(Signal.SIGTRAP, self.pid(), self.uid())));
  }

  /** Reports a signal to the tracer first; while the process is stopped, later. */
  void intercept(Signal signal) {
    if (self.isStopped()) {
      heldBack.add(signal);
    } else {
      self.stop(signal);
    }
  }

  /**
   * Lets the process go on. Of a signal that came meanwhile its tracer hears next.
   *
   * @param with a signal that the process gets, unseen by its tracer
   */
  public void resume(Optional<Signal> with) {
    Optional<Signal> fatal = table.locked(() -> resumed(with));
    fatal.ifPresent(signal -> self.groupExit(new WaitStatus.Signaled(signal)));
  }

  private Optional<Signal> resumed(Optional<Signal> with) {
    self.start();
    Optional<Signal> fatal = with.filter(signal -> self.signals().act(ofTracer(signal)));
    while (fatal.isEmpty() && !self.isStopped() && !heldBack.isEmpty()) {
      Signal next = heldBack.iterator().next();
      heldBack.remove(next);
      self.stop(next);
    }
    return fatal;
  }

  private SignalInfo ofTracer(Signal signal) {
    return SignalInfo.ofUser(signal, tracer(), 0);
  }

  /** Ends the tracing and lets the process go on; see {@link #resume}. */
  public void detach(Optional<Signal> with) {
    table.locked(() -> {
      self.family().untrace();
      return ended();
    });
    with.ifPresent(signal -> self.signals().send(ofTracer(signal)));
    deliverHeldBack();
  }

  /** Says that nobody traces the process any more; what came for it waits. */
  boolean ended() {
    traced = false;
    self.start();
    return true;
  }

  /** Sends what came while the process was stopped; without the lock. */
  void deliverHeldBack() {
    List<Signal> waiting =
        table.locked(() -> {
          List<Signal> all = List.copyOf(heldBack);
          heldBack.clear();
          return all;
        });
    waiting.forEach(signal -> self.signals().send(ofTracer(signal)));
  }
}
