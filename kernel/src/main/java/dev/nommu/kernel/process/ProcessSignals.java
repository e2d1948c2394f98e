package dev.nommu.kernel.process;

import dev.nommu.kernel.signal.CaughtSignal;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.wait.Timers;
import dev.nommu.kernel.wait.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which signals wait for a process or for one of its threads, and what they do. Public methods are
 * thread-safe, the rest is guarded by the lock of the {@link ProcessTable}.
 */
public final class ProcessSignals {
  private static final SignalSet STOPS =
      SignalSet.of(Signal.SIGSTOP, Signal.SIGTSTP, Signal.SIGTTIN, Signal.SIGTTOU);

  private static final SignalSet CONTINUES = SignalSet.of(Signal.SIGCONT);

  private final ProcessTable table;
  private final TaskGroup self;
  private final Threads members;
  private final SignalActions actions;
  private final PendingSignals shared = new PendingSignals();
  private Optional<Alarm> alarm = Optional.empty();

  /** The signal that ends the process, until somebody was told. */
  private Optional<SignalInfo> killer = Optional.empty();

  ProcessSignals(ProcessTable table, TaskGroup self, Threads members, SignalActions actions) {
    this.table = table;
    this.self = self;
    this.members = members;
    this.actions = actions;
  }

  /** Sends a signal to the process. One that has ended does not mind. */
  public void send(SignalInfo info) {
    endIf(table.locked(() -> post(info)), info);
  }

  /** Sends a signal to one of its threads. One that has ended does not mind. */
  public void send(SignalInfo info, int tid) {
    boolean fatal =
        table.locked(() ->
            self.thread(tid).filter(one -> !isIntercepted(info) && act(info, one)).isPresent());
    endIf(fatal, info);
  }

  private void endIf(boolean fatal, SignalInfo info) {
    if (fatal) {
      endBy(info);
    }
  }

  private void endBy(SignalInfo signal) {
    table
        .locked(() -> {
          killer = self.ending().isEmpty() ? Optional.of(signal) : killer;
          return self.beginEnd(new WaitStatus.Signaled(signal.signal()));
        })
        .forEach(Member::doomed);
  }

  /** Returns the signal that ended the process, to the first who asks; empty without one. */
  public Optional<SignalInfo> takeKiller() {
    return table.locked(() -> {
      Optional<SignalInfo> taken = killer;
      killer = Optional.empty();
      return taken;
    });
  }

  /** Returns the signals as one of the threads sees them. */
  public MemberSignals of(Member member) {
    return new MemberSignals(table, this, member);
  }

  /** Returns whether the signal ends the process. */
  boolean post(SignalInfo info) {
    return !isIntercepted(info) && act(info);
  }

  /** Tells the tracer of a signal, if there is one; returns whether that is all it does. */
  private boolean isIntercepted(SignalInfo info) {
    if (self.ending().isPresent()) {
      return true;
    }
    boolean seen = self.family().tracer().isPresent() && info.signal() != Signal.SIGKILL;
    if (seen) {
      self.tracing().intercept(info.signal());
    }
    return seen;
  }

  /** Lets a signal act on the process; returns whether that ends the process. */
  boolean act(SignalInfo info) {
    return act(info, shared, members.all());
  }

  /** Lets a signal act on one thread; returns whether that ends the process. */
  boolean act(SignalInfo info, Member target) {
    return act(info, target.signals().pending(), List.of(target));
  }

  /**
   * A signal that all block waits whatever it does: that may have changed by then. A thread is
   * woken when it can see that there is something to take.
   */
  private boolean act(SignalInfo info, PendingSignals queue, List<Member> candidates) {
    Signal signal = info.signal();
    cancelOpposite(signal);
    Optional<Member> target =
        candidates.stream().filter(each -> each.signals().wants(signal)).findFirst();
    if (target.filter(each -> each.signals().admits(signal)).isPresent() && !waits(signal)) {
      return actAtOnce(signal);
    }
    queue.add(info);
    self.refreshAttention();
    target.ifPresent(each -> each.sleeper().signalWakeUp(Urgency.HANDLED));
    return false;
  }

  /** Returns whether a signal has a handler, which a thread of the process runs. */
  private boolean waits(Signal signal) {
    return switch (actions.of(signal)) {
      case Disposition.Handle java -> true;
      case Disposition.Action machine -> true;
      case Disposition.Ignore ignore -> false;
      case Disposition.Default byDefault -> false;
    };
  }

  private boolean actAtOnce(Signal signal) {
    return actions.of(signal) instanceof Disposition.Default && actByDefault(signal);
  }

  /** Returns whether the signal ends the process, which the first one never does. */
  private boolean actByDefault(Signal signal) {
    if (self.isInit()) {
      return false;
    }
    if (signal.defaultAction() == Signal.DefaultAction.STOP) {
      self.stop(signal);
    }
    return signal.defaultAction() == Signal.DefaultAction.TERMINATE;
  }

  /** A stop and the end of it do not wait together. */
  private void cancelOpposite(Signal signal) {
    if (signal == Signal.SIGCONT) {
      forget(STOPS);
      self.goOn();
    } else if (STOPS.has(signal)) {
      forget(CONTINUES);
    }
  }

  private void forget(SignalSet signals) {
    shared.forget(signals);
    members.all().forEach(each -> each.signals().pending().forget(signals));
  }

  /**
   * Takes the signals that wait for a thread, but for those whose handler is machine code.
   *
   * @return what is to be run without the lock, in the order of the signals' numbers
   */
  List<Runnable> take(Member member) {
    List<Runnable> steps = new ArrayList<>();
    Optional<SignalInfo> next = take(member, this::isForJava);
    while (next.isPresent() && !self.isStopped()) {
      step(next.get()).ifPresent(steps::add);
      next = take(member, this::isForJava);
    }
    if (!hasCaught(member)) {
      member.signals().restoreUnlessWaiting();
    }
    refresh();
    return steps;
  }

  private boolean isForJava(Signal signal) {
    return !(actions.of(signal) instanceof Disposition.Action);
  }

  private boolean hasCaught(Member member) {
    ThreadSignals its = member.signals();
    return shared.set().plus(its.pending().set()).signals().stream()
        .anyMatch(signal -> its.admits(signal) && !isForJava(signal));
  }

  private Optional<Runnable> step(SignalInfo info) {
    Signal signal = info.signal();
    return switch (actions.of(signal)) {
      case Disposition.Handle(Disposition.Handler handler) ->
          Optional.of(() -> handler.handle(signal));
      case Disposition.Default byDefault when actByDefault(signal) ->
          Optional.of(() -> endBy(info));
      case Disposition.Default byDefault -> Optional.empty();
      case Disposition.Ignore ignore -> Optional.empty();
      case Disposition.Action machine -> Optional.empty();
    };
  }

  private Optional<SignalInfo> take(Member member, Predicate<Signal> wanted) {
    ThreadSignals its = member.signals();
    return takeAny(its, signal -> its.admits(signal) && wanted.test(signal));
  }

  /** Takes a signal that waits for a thread, blocked or not; those for it alone come first. */
  Optional<SignalInfo> takeAny(ThreadSignals its, Predicate<Signal> wanted) {
    Optional<SignalInfo> taken = its.pending().take(wanted).or(() -> shared.take(wanted));
    if (taken.filter(info -> info.signal() == Signal.SIGALRM).isPresent()) {
      alarm.ifPresent(Alarm::taken);
    }
    return taken;
  }

  /** Takes the next signal whose handler is machine code; what that blocks is blocked from now. */
  Optional<CaughtSignal> takeCaught(Member member) {
    Optional<CaughtSignal> caught =
        take(member, signal -> !isForJava(signal)).flatMap(info -> caught(info, member));
    if (caught.isEmpty()) {
      member.signals().restoreUnlessWaiting();
    }
    refresh();
    return caught;
  }

  private Optional<CaughtSignal> caught(SignalInfo info, Member member) {
    if (!(actions.of(info.signal()) instanceof Disposition.Action action)) {
      return Optional.empty();
    }
    ThreadSignals its = member.signals();
    SignalSet before = its.takeSaved();
    SignalSet own =
        action.has(Disposition.Action.SA_NODEFER) ? SignalSet.NONE : SignalSet.of(info.signal());
    its.block(its.blocked().plus(action.mask()).plus(own));
    if (action.has(Disposition.Action.SA_RESETHAND)) {
      actions.set(info.signal(), Disposition.DEFAULT);
    }
    return Optional.of(new CaughtSignal(info, action, before));
  }

  /**
   * Returns the handler of a fault of a thread, which cannot wait; empty if it has none, or has
   * blocked the signal: then it ends the process.
   */
  Optional<CaughtSignal> force(SignalInfo info, Member member) {
    Optional<CaughtSignal> caught =
        member.signals().blocked().has(info.signal()) ? Optional.empty() : caught(info, member);
    refresh();
    return caught;
  }

  /** Wakes who is to act on what waits, after what threads block has changed. */
  void refresh() {
    self.refreshAttention();
    for (Member each : members.all()) {
      if (wantsNothing(each)) {
        each.sleeper().clearSignalPending();
      }
      wakeFor(each.signals().pending().set(), List.of(each));
    }
    wakeFor(shared.set(), members.all());
  }

  private boolean wantsNothing(Member member) {
    SignalSet waiting = shared.set().plus(member.signals().pending().set());
    return waiting.signals().stream().noneMatch(member.signals()::wants);
  }

  private static void wakeFor(SignalSet waiting, List<Member> candidates) {
    for (Signal signal : waiting.signals()) {
      candidates.stream()
          .filter(each -> each.signals().wants(signal))
          .findFirst()
          .ifPresent(each -> each.sleeper().signalWakeUp(Urgency.HANDLED));
    }
  }

  /** Returns the timer that sends SIGALRM, which is made if there is none. */
  public Alarm alarm(MachineClock clock, Timers timers) {
    return table.locked(() -> {
      Alarm its = alarm.orElseGet(() -> newAlarm(clock, timers));
      alarm = Optional.of(its);
      return its;
    });
  }

  private Alarm newAlarm(MachineClock clock, Timers timers) {
    String what = "the alarm of process " + self.pid();
    return new Alarm(
        table.lock(), what, () -> send(SignalInfo.ofKernel(Signal.SIGALRM)), clock, timers);
  }

  /** Stops that timer for good. */
  void cancelAlarm() {
    alarm.ifPresent(Alarm::cancel);
  }

  /** Returns whether a thread has to look at signals before it goes on. */
  boolean wantAttention() {
    return !shared.isEmpty()
        || members.all().stream()
            .anyMatch(each -> !each.signals().pending().isEmpty() || each.signals().isMeanwhile());
  }

  /** Returns the signals that wait for the process as a whole. */
  SignalSet shared() {
    return shared.set();
  }
}
