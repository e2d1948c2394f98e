package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A thread that runs the program of a task, and its outcome. */
final class ProgramThread implements Runnable {
  private final TaskLife life;
  private final Subsystems kernel;
  private final Thread thread;
  private volatile Optional<Callable<Integer>> next;
  private volatile Optional<Throwable> failure = Optional.empty();

  /** Whether a program runs, or is about to. */
  private volatile boolean runs = true;

  ProgramThread(TaskLife life, Subsystems kernel, Callable<Integer> program) {
    this.life = life;
    this.kernel = kernel;
    this.next = Optional.of(program);
    this.thread =
        Thread.ofVirtual().name("%s[%d]".formatted(life.name(), life.tid())).unstarted(this);
  }

  void start() {
    kernel.clock().begin(thread);
    thread.start();
  }

  boolean runs() {
    return runs;
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  /** Returns the exception that escaped from the program. */
  Optional<Throwable> failure() {
    return failure;
  }

  /** Unwinds this program; another, if given, runs next. */
  void replace(Optional<Callable<Integer>> program) {
    next = program;
    throw new ProgramEnd("task %d runs another program".formatted(life.tid()));
  }

  @Override
  public void run() {
    kernel.clock().awaitTurn();
    try {
      life.call(this::runPrograms).ifPresent(this::finish);
    } catch (ErrnoException impossible) {
      throw new AssertionError(impossible);
    } finally {
      kernel.clock().finish(thread);
    }
  }

  /** Returns how the task ends, or empty if it continues without a program. */
  private Optional<WaitStatus> runPrograms() {
    while (next.isPresent()) {
      Callable<Integer> program = next.get();
      next = Optional.empty();
      try {
        return Optional.of(returned(program.call()));
      } catch (ProgramEnd end) {
        if (life.isDoomed()) {
          return Optional.of(new WaitStatus.Exited(0));
        }
      } catch (Throwable crash) {
        return Optional.of(crashed(crash));
      }
    }
    runs = false;
    return life.isDoomed() ? Optional.of(new WaitStatus.Exited(0)) : Optional.empty();
  }

  /**
   * When the first thread or the one that executed a file returns, the process ends, as at the end
   * of {@code main}.
   */
  private WaitStatus returned(int code) {
    WaitStatus status = new WaitStatus.Exited(code);
    if (life.leads()) {
      life.group().groupExit(status);
    }
    return status;
  }

  private WaitStatus crashed(Throwable crash) {
    failure = Optional.of(crash);
    kernel.log().print("%s[%d]: the program threw %s".formatted(life.name(), life.tid(), crash));
    for (StackTraceElement frame : crash.getStackTrace()) {
      kernel.log().print("  at " + frame);
    }
    Signal signal =
        switch (crash) {
          case MemoryFault fault -> fault.signal();
          case StackOverflowError overflow -> Signal.SIGSEGV;
          default -> Signal.SIGABRT;
        };
    WaitStatus status = new WaitStatus.Signaled(signal);
    if (!life.isDismissed()) {
      life.group().groupExit(status);
    }
    return status;
  }

  private void finish(WaitStatus status) {
    Thread.interrupted();
    life.end(status);
  }

  /** Returns the host's thread. */
  Thread host() {
    return thread;
  }
}
