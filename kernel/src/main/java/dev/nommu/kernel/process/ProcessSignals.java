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
 * The signals pending for a process or one of its threads, and their actions. Public methods are
 * thread-safe; the others are guarded by the lock of the {@link ProcessTable}.
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

  /** The signal that ends the process, until it was reported. */
  private Optional<SignalInfo> killer = Optional.empty();

  ProcessSignals(ProcessTable table, TaskGroup self, Threads members, SignalActions actions) {
    this.table = table;
    this.self = self;
    this.members = members;
    this.actions = actions;
  }

  /** Sends a signal to the process; has no effect if it has ended. */
  public void send(SignalInfo info) {
    endIf(table.locked(() -> post(info)), info);
  }

  /** Sends a signal to one of its threads; has no effect if that has ended. */
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

  /**
   * Returns the signal that ended the process, to the first caller only; empty if there is none.
   */
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

  /** Reports a signal to the tracer, if there is one; returns whether it has no other effect. */
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

  /** Applies a signal to the process; returns whether that ends the process. */
  boolean act(SignalInfo info) {
    return act(info, shared, members.all());
  }

  /** Applies a signal to one thread; returns whether that ends the process. */
  boolean act(SignalInfo info, Member target) {
    return act(info, target.signals().pending(), List.of(target));
  }

  /**
   * A signal that all candidates block stays pending whatever its action, which may change until
   * then. A thread is woken when it can see the pending signal.
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

  /** Returns whether a signal stays pending for a handler, which a thread of the process runs. */
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

  /** Takes the default action; returns whether it ends the process, never for the first one. */
  private boolean actByDefault(Signal signal) {
    if (self.isInit()) {
      return false;
    }
    if (signal.defaultAction() == Signal.DefaultAction.STOP) {
      self.stop(signal);
    }
    return signal.defaultAction() == Signal.DefaultAction.TERMINATE;
  }

  /** A stop signal and SIGCONT are never pending together. */
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
   * Takes the signals pending for a thread, except those with a handler in machine code.
   *
   * @return the handlers to run without the lock, in order of signal number
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

  /** Takes a signal pending for a thread, blocked or not; those for the thread alone come first. */
  Optional<SignalInfo> takeAny(ThreadSignals its, Predicate<Signal> wanted) {
    Optional<SignalInfo> taken = its.pending().take(wanted).or(() -> shared.take(wanted));
    if (taken.filter(info -> info.signal() == Signal.SIGALRM).isPresent()) {
      alarm.ifPresent(Alarm::taken);
    }
    return taken;
  }

  /** Takes the next signal with a handler in machine code, and blocks the signals of its mask. */
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
   * Returns the handler of a thread's fault, which cannot stay pending; empty if there is none, or
   * the signal is blocked: then the fault ends the process.
   */
  Optional<CaughtSignal> force(SignalInfo info, Member member) {
    Optional<CaughtSignal> caught =
        member.signals().blocked().has(info.signal()) ? Optional.empty() : caught(info, member);
    refresh();
    return caught;
  }

  /** Wakes the threads that can now handle pending signals, after signal masks have changed. */
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

  /** Returns the timer that sends SIGALRM, creating it if necessary. */
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

  /** Stops that timer permanently. */
  void cancelAlarm() {
    alarm.ifPresent(Alarm::cancel);
  }

  /** Returns whether a thread has to handle signals before it continues. */
  boolean wantAttention() {
    return !shared.isEmpty()
        || members.all().stream()
            .anyMatch(each -> !each.signals().pending().isEmpty() || each.signals().isMeanwhile());
  }

  /** Returns the signals pending for the process as a whole. */
  SignalSet shared() {
    return shared.set();
  }
}
