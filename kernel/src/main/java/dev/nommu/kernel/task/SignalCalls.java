package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.process.MemberSignals;
import dev.nommu.kernel.process.ProcessTable;
import dev.nommu.kernel.process.Sessions;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.signal.CaughtSignal;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import dev.nommu.kernel.wait.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls of a thread about its blocked and pending signals. Any thread may make them. */
public final class SignalCalls {
  private static final int INIT = 1;

  private final TaskLife life;
  private final SyscallEntry entry;
  private final ProcessTable processes;
  private final MachineClock clock;

  SignalCalls(TaskLife life, ProcessTable processes, MachineClock clock) {
    this.life = life;
    this.entry = life.entry();
    this.processes = processes;
    this.clock = clock;
  }

  private MemberSignals own() {
    return life.group().signals().of(life);
  }

  /** Returns the signals that this thread blocks. */
  public SignalSet blocked() {
    return life.signals().blocked();
  }

  /**
   * Sets the signals that this thread blocks, as {@code sigprocmask} with SIG_SETMASK; never
   * SIGKILL and SIGSTOP (rule SIGNAL-01). Pending signals that are no longer blocked are handled
   * before this returns.
   */
  public void block(SignalSet mask) throws ErrnoException {
    entry.handleSignals();
    own().block(mask);
    entry.handleSignals();
  }

  /** Returns the pending signals that are blocked: {@code sigpending}. */
  public SignalSet pending() throws ErrnoException {
    entry.handleSignals();
    return own().pending();
  }

  /** See {@link ProcessCalls#kill(int, Signal)}. */
  void kill(int pid, Signal signal) throws ErrnoException {
    entry.handleSignals();
    SignalInfo info = SignalInfo.ofUser(signal, life.pid(), life.credentials().uid());
    targets(pid).forEach(each -> each.signals().send(info));
    entry.handleSignals();
  }

  /** See {@link ProcessCalls#kill(int, int)}. */
  void kill(int pid, int signal) throws ErrnoException {
    if (signal == 0) {
      entry.handleSignals();
      targets(pid);
    } else {
      kill(pid, Signal.ofNumber(signal));
    }
  }

  /** Returns the processes denoted by a pid that may be signalled. */
  private List<TaskGroup> targets(int pid) throws ErrnoException {
    List<TaskGroup> found = meant(pid);
    if (found.isEmpty()) {
      throw new ErrnoException(Errno.ESRCH, "kill: there is no process " + pid);
    }
    List<TaskGroup> allowed = found.stream().filter(this::maySignal).toList();
    if (allowed.isEmpty()) {
      requireMaySignal(found.getFirst());
    }
    return allowed;
  }

  private List<TaskGroup> meant(int pid) {
    if (pid > 0) {
      return processes.find(pid).stream().toList();
    }
    if (pid == -1) {
      return processes.all().stream()
          .filter(each -> each.pid() != INIT && each.pid() != life.pid())
          .toList();
    }
    int group = pid == 0 ? life.group().membership().group() : -pid;
    return new Sessions(processes).group(group);
  }

  private boolean maySignal(TaskGroup target) {
    int uid = life.credentials().uid();
    return uid == 0 || target.leader().filter(each -> each.credentials().uid() != uid).isEmpty();
  }

  private void requireMaySignal(TaskGroup target) throws ErrnoException {
    if (!maySignal(target)) {
      throw new ErrnoException(
          Errno.EPERM,
          "kill: process %d is not of user %d".formatted(target.pid(), life.credentials().uid()));
    }
  }

  /**
   * Sends a signal to one thread of a process, as {@code tgkill} (rule SIGNAL-02).
   *
   * @param pid its process; -1 for any, as {@code tkill}
   * @throws ErrnoException EINVAL for a number below 1; ESRCH if there is no such thread; EPERM
   *     unless the sender is the superuser or of the same user
   */
  public void tgkill(int pid, int tid, Signal signal) throws ErrnoException {
    TaskGroup target = target(pid, tid);
    SignalInfo info = SignalInfo.ofThread(signal, life.pid(), life.credentials().uid());
    target.signals().send(info, tid);
    entry.handleSignals();
  }

  /** Checks whether a signal could be sent to a thread; see {@link #tgkill(int, int, Signal)}. */
  public void tgkill(int pid, int tid, int signal) throws ErrnoException {
    if (signal == 0) {
      target(pid, tid);
    } else {
      tgkill(pid, tid, Signal.ofNumber(signal));
    }
  }

  /** Returns the process that has a thread. */
  private TaskGroup target(int pid, int tid) throws ErrnoException {
    entry.handleSignals();
    if (tid <= 0 || pid == 0 || pid < -1) {
      throw new ErrnoException(
          Errno.EINVAL,
          "tgkill: thread %d of process %d: expected numbers above 0".formatted(tid, pid));
    }
    TaskGroup found =
        processes
            .withThread(tid)
            .filter(each -> pid == -1 || each.pid() == pid)
            .orElseThrow(() ->
                new ErrnoException(
                    Errno.ESRCH, "tgkill: process %d has no thread %d".formatted(pid, tid)));
    requireMaySignal(found);
    return found;
  }

  /**
   * Sends a signal with a value, as {@code sigqueue}.
   *
   * @throws ErrnoException ESRCH if there is no such process; EPERM as {@link #tgkill}
   */
  public void sigqueue(int pid, SignalInfo info) throws ErrnoException {
    entry.handleSignals();
    TaskGroup target =
        processes
            .find(pid)
            .orElseThrow(
                () -> new ErrnoException(Errno.ESRCH, "sigqueue: there is no process " + pid));
    requireMaySignal(target);
    target.signals().send(info);
    entry.handleSignals();
  }

  /**
   * Waits with another signal mask until a handler has to run, as {@code sigsuspend}.
   *
   * @throws ErrnoException EINTR, always
   */
  public void sigsuspend(SignalSet mask) throws ErrnoException {
    entry.run(() -> own().blocking(mask, this::awaitHandler));
  }

  /**
   * Waits until a handler has to run, as {@code pause}.
   *
   * @throws ErrnoException EINTR, always
   */
  public void pause() throws ErrnoException {
    entry.run(this::awaitHandler);
  }

  private boolean awaitHandler() throws ErrnoException {
    sleep(MachineClock.NEVER);
    throw new ErrnoException(Errno.EINTR, "a signal came, as was waited for");
  }

  private Wakeup sleep(long deadline) {
    return life.sleeper().sleep(new Waiter(clock), deadline, Urgency.HANDLED, "a signal");
  }

  /**
   * Waits for one of a set of signals and consumes it, as {@code sigtimedwait} (rule SIGNAL-04).
   *
   * @param timeout empty to wait indefinitely
   * @throws ErrnoException EAGAIN if the timeout expired, EINTR if another signal came first;
   *     EINVAL for a negative timeout
   */
  public SignalInfo sigtimedwait(SignalSet awaited, Optional<Duration> timeout)
      throws ErrnoException {
    if (timeout.filter(Duration::isNegative).isPresent()) {
      throw new ErrnoException(Errno.EINVAL, "sigtimedwait for " + timeout.get());
    }
    return entry.call(() -> {
      Optional<SignalInfo> there = own().await(awaited);
      return there.isPresent() ? there.get() : await(awaited, timeout);
    });
  }

  private SignalInfo await(SignalSet awaited, Optional<Duration> timeout) throws ErrnoException {
    Wakeup end = sleep(timeout.map(clock::after).orElse(MachineClock.NEVER));
    return own()
        .endAwait(awaited)
        .orElseThrow(() ->
            new ErrnoException(
                end == Wakeup.TIMED_OUT ? Errno.EAGAIN : Errno.EINTR,
                "sigtimedwait: none of the signals came"));
  }

  /**
   * Takes the next signal whose handler is machine code, for the runner of this task's machine
   * code; blocks the signals of the handler's mask (rule SIGNAL-03).
   *
   * @return the lowest number first, those sent to this thread before others; empty if there is
   *     none to handle
   */
  public Optional<CaughtSignal> takeCaught() throws ErrnoException {
    if (!life.group().wantsAttention()) {
      return Optional.empty();
    }
    entry.handleSignals();
    return own().takeCaught();
  }

  /**
   * Raises the signal of a fault in this thread's machine code, which cannot be deferred: without a
   * handler, or if it is blocked, the process ends and this does not return on the program's
   * thread.
   *
   * @return its handler, as for {@link #takeCaught}
   * @throws ErrnoException ESRCH once the task has ended
   */
  public CaughtSignal force(SignalInfo fault) throws ErrnoException {
    Optional<CaughtSignal> caught = own().force(fault);
    if (caught.isEmpty()) {
      life.exit(new WaitStatus.Signaled(fault.signal()));
      life.requireAlive();
    }
    return caught.orElseThrow();
  }
}
