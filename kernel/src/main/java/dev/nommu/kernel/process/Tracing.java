package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a process is traced, and its tracer, as in {@code task_struct.ptrace}. Signals stop a
 * traced process, and its tracer decides how it continues (ptrace(2)). Thread-safe.
 */
public final class Tracing {
  private final TaskGroup self;
  private final ProcessTable table;

  /** The signals that came while the process was stopped. */
  private final Set<Signal> heldBack = EnumSet.noneOf(Signal.class);

  /** Also true if init, which has no parent, asked for it. Read without the lock. */
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

  /** Makes the parent trace the process; returns false if it is already traced. */
  public boolean byParent() {
    return table.locked(() -> {
      boolean first = !traced;
      traced = true;
      self.family().parent().filter(parent -> first).ifPresent(self.family()::tracedBy);
      return first;
    });
  }

  /** Makes another process trace this one, and stops it; returns false if it is already traced. */
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

  /** Returns the process with a number if this one traces it and it is stopped. */
  public Optional<TaskGroup> stoppedTracee(int pid) {
    return table.locked(() -> self.family().tracee(pid).filter(TaskGroup::isStopped));
  }

  /** Returns the process with a number if this one traces it, whatever its state. */
  public Optional<TaskGroup> tracee(int pid) {
    return table.locked(() -> self.family().tracee(pid));
  }

  /** Stops a process that now runs another program, with SIGTRAP, if it has a tracer. */
  public void executed() {
    table.locked(() ->
        self.family().tracer().isPresent()
            && self.signals().post(SignalInfo.ofUser(Signal.SIGTRAP, self.pid(), self.uid())));
  }

  /** Reports a signal to the tracer first, or later if the process is stopped. */
  void intercept(Signal signal) {
    if (self.isStopped()) {
      heldBack.add(signal);
    } else {
      self.stop(signal);
    }
  }

  /**
   * Continues the process. A signal that came meanwhile is reported to its tracer next.
   *
   * @param with a signal to send to the process without reporting it to its tracer
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

  /** Ends the tracing and continues the process; see {@link #resume}. */
  public void detach(Optional<Signal> with) {
    table.locked(() -> {
      self.family().untrace();
      return ended();
    });
    with.ifPresent(signal -> self.signals().send(ofTracer(signal)));
    deliverHeldBack();
  }

  /** Called when the tracing has ended; signals held back stay so. Returns true. */
  boolean ended() {
    traced = false;
    self.start();
    return true;
  }

  /** Sends the signals that came while the process was stopped; called without the lock. */
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
