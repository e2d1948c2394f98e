package dev.nommu.riscvlinux.strace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.SyscallTracer;
import dev.nommu.kernel.task.Tracee;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes the calls of riscv64 programs as {@code strace -f} does: a line for each call, with names,
 * constants, structures and the result, signals between them, and the process in front while there
 * are several. A call interrupted by output for another task begins on one line and is resumed on
 * another. Thread-safe.
 */
public final class Strace implements SyscallTracer {
  /** The column of results. */
  private static final int COLUMN = 40;

  private static final long EXECVE = 221;
  private static final int MAX_ERRNO = 4095;

  /** nanosleep and clock_nanosleep, which continue with the remaining time. */
  private static final Set<Long> WAIT_FOR_THE_REST = Set.of(101L, 115L);

  private static final long FUTEX = 98;

  /** kill, tkill, tgkill, rt_sigqueueinfo: complete when the signal acts on its sender. */
  private static final Set<Long> SENDERS = Set.of(129L, 130L, 131L, 138L);

  /** ppoll and rt_sigsuspend. */
  private static final Set<Long> NEVER_RESTARTED = Set.of(73L, 133L);

  /** rt_sigreturn, which restores another call's result, and rt_sigtimedwait. */
  private static final Set<Long> NOT_RESTARTED = Set.of(139L, 137L);

  private final Consumer<String> text;
  private final Supplier<? extends Explainer> explainers;

  @GuardedBy("this")
  private final Map<Integer, Traced> tasks = new HashMap<>();

  /** The task whose call is unfinished on the last line; 0 if that line is complete. */
  @GuardedBy("this")
  private int unfinished;

  /** The number of characters on the last line. */
  @GuardedBy("this")
  private int column;

  /** Explains why a call failed, or how a mapping was decided. For the thread of one task. */
  public interface Explainer {
    /** Explains nothing. */
    Explainer NONE = new Explainer() {};

    /** Returns the trail that receives the steps of the next mapping's decision. */
    default Trail mapping() {
      return Trail.NONE;
    }

    /**
     * Returns an explanation of the call that has ended, in lines.
     *
     * @param failure the error, or empty if it succeeded
     */
    default List<String> explain(Optional<ErrnoException> failure) {
      return List.of();
    }
  }

  /** A task, and the call that it makes. */
  private static final class Traced {
    private final Explainer explainer;
    private Optional<Entered> call = Optional.empty();

    Traced(Explainer explainer) {
      this.explainer = explainer;
    }
  }

  private record Entered(long number, TracedCall call) {}

  /**
   * Creates a tracer without explanations.
   *
   * @param text receives the text piece by piece, as it is written; must not throw
   */
  public Strace(Consumer<String> text) {
    this(text, () -> Explainer.NONE);
  }

  /**
   * Creates a tracer that writes explanations below calls.
   *
   * @param text receives the text piece by piece, as it is written; must not throw
   * @param explainers creates an explainer for each task
   */
  public Strace(Consumer<String> text, Supplier<? extends Explainer> explainers) {
    this.text = text;
    this.explainers = explainers;
  }

  @Override
  public synchronized void executed(Tracee task, long stackPointer) {
    Traced traced = traced(task);
    if (traced.call.isEmpty()) {
      enter(traced, EXECVE, ExecutedImage.call(task, stackPointer));
    }
    finish(task, traced, new TracedCall.Returned(0));
  }

  @Override
  public synchronized void entered(Tracee task, long number, long[] arguments, long stackPointer) {
    enter(
        traced(task),
        number,
        new TracedCall(task, arguments.clone(), stackPointer, new TracedCall.Pending()));
  }

  @GuardedBy("this")
  private void enter(Traced traced, long number, TracedCall call) {
    begin(call.task());
    write(SyscallFormats.of(number).begin(call));
    unfinished = call.task().tid();
    traced.call = Optional.of(new Entered(number, call));
  }

  @Override
  public synchronized Trail mapping(Tracee task) {
    return traced(task).explainer.mapping();
  }

  @Override
  public synchronized void returned(Tracee task, long result) {
    Traced traced = traced(task);
    finish(task, traced, outcome(result));
    explain(traced, Optional.empty());
  }

  /** The value restored by rt_sigreturn may look like an error. */
  private static TracedCall.Outcome outcome(long result) {
    Optional<Errno> errno =
        result < 0 && result >= -MAX_ERRNO ? Errno.ofNumber((int) -result) : Optional.empty();
    return errno
        .<TracedCall.Outcome>map(TracedCall.Failed::new)
        .orElse(new TracedCall.Returned(result));
  }

  @Override
  public synchronized void failed(Tracee task, ErrnoException failure) {
    Traced traced = traced(task);
    finish(task, traced, new TracedCall.Failed(failure.errno()));
    explain(traced, Optional.of(failure));
  }

  @GuardedBy("this")
  private void explain(Traced traced, Optional<ErrnoException> failure) {
    for (String line : traced.explainer.explain(failure)) {
      write(line);
      endLine();
    }
  }

  @Override
  public synchronized void signaled(Tracee task, SignalInfo signal) {
    traced(task);
    begin(task);
    write("--- " + SignalText.of(signal) + " ---");
    endLine();
  }

  /** SIGKILL is not shown, since no task can catch it. */
  @Override
  public synchronized void killed(Tracee task, SignalInfo signal) {
    Traced traced = tasks.get(task.tid());
    if (traced != null && signal.signal() != Signal.SIGKILL) {
      traced.call.ifPresent(entered -> finish(task, traced, outcomeByASignal(entered.number())));
      signaled(task, signal);
    }
  }

  private static TracedCall.Outcome outcomeByASignal(long number) {
    return SENDERS.contains(number)
        ? new TracedCall.Returned(0)
        : new TracedCall.Failed(Errno.EINTR);
  }

  @Override
  public synchronized void ended(Tracee task, WaitStatus status) {
    Traced traced = tasks.get(task.tid());
    if (traced == null) {
      return;
    }
    if (traced.call.isPresent()) {
      finish(task, traced, new TracedCall.Ended());
    }
    begin(task);
    write("+++ " + SignalText.end(status) + " +++");
    endLine();
    tasks.remove(task.tid());
  }

  @GuardedBy("this")
  private Traced traced(Tracee task) {
    return tasks.computeIfAbsent(task.tid(), tid -> new Traced(explainers.get()));
  }

  @GuardedBy("this")
  private void finish(Tracee task, Traced traced, TracedCall.Outcome outcome) {
    Entered entered = traced.call.orElseThrow();
    traced.call = Optional.empty();
    CallFormat format = SyscallFormats.of(entered.number());
    if (unfinished != task.tid()) {
      begin(task);
      write("<... %s resumed>".formatted(format.name()));
    }
    TracedCall ended = entered.call().with(outcome);
    write(format.rest(ended) + " ");
    write(" ".repeat(Math.max(0, COLUMN - column)));
    write("= " + result(entered.number(), format, ended));
    unfinished = 0;
    endLine();
  }

  private static String result(long number, CallFormat format, TracedCall call) {
    return switch (call.outcome()) {
      case TracedCall.Returned _ -> format.result().apply(call);
      case TracedCall.Failed(Errno errno) when errno == Errno.EINTR -> interrupted(number, call);
      case TracedCall.Failed(Errno errno) -> "-1 %s (%s)".formatted(errno, errno.text());
      case TracedCall.Ended _, TracedCall.Pending _ -> "?";
    };
  }

  private static String interrupted(long number, TracedCall call) {
    if (NOT_RESTARTED.contains(number)) {
      return "-1 EINTR (%s)".formatted(Errno.EINTR.text());
    }
    boolean hasTimeout = number == FUTEX && call.argument(3) != 0;
    if (hasTimeout || WAIT_FOR_THE_REST.contains(number)) {
      return "? ERESTART_RESTARTBLOCK (Interrupted by signal)";
    }
    return NEVER_RESTARTED.contains(number)
        ? "? ERESTARTNOHAND (To be restarted if no handler)"
        : "? ERESTARTSYS (To be restarted if SA_RESTART is set)";
  }

  /** Begins a line for a task. */
  @GuardedBy("this")
  private void begin(Tracee task) {
    if (unfinished != 0) {
      write(" <unfinished ...>");
      endLine();
      unfinished = 0;
    }
    if (tasks.size() > 1) {
      write("[pid %5d] ".formatted(task.tid()));
    }
  }

  @GuardedBy("this")
  private void write(String piece) {
    text.accept(piece);
    column += piece.length();
  }

  @GuardedBy("this")
  private void endLine() {
    text.accept("\n");
    column = 0;
  }
}
