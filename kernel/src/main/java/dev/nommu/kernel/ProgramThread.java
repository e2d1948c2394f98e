package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.process.Signal;
import dev.nommu.kernel.process.WaitStatus;
import java.time.Duration;
import java.util.Optional;

/** A thread that runs the program of a task, and what comes of it. */
final class ProgramThread implements Runnable {
  private final Task task;
  private final TaskLife life;
  private final Machine machine;
  private final Thread thread;
  private volatile Optional<Program> next;
  private volatile Optional<Throwable> failure = Optional.empty();

  /** Whether a program runs, or is going to. */
  private volatile boolean runs = true;

  ProgramThread(Task task, TaskLife life, Machine machine, Program program) {
    this.task = task;
    this.life = life;
    this.machine = machine;
    this.next = Optional.of(program);
    this.thread =
        Thread.ofVirtual().name("%s[%d]".formatted(life.name(), life.tid())).unstarted(this);
  }

  void start() {
    machine.clock().begin(thread);
    thread.start();
  }

  boolean runs() {
    return runs;
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  /** Returns what escaped from the program. */
  Optional<Throwable> failure() {
    return failure;
  }

  /** Lets another program, or none, run when this one is unwound; unwinds it. */
  void replace(Optional<Program> program) {
    next = program;
    throw new ProgramEnd("task %d runs another program".formatted(life.tid()));
  }

  @Override
  public void run() {
    try {
      life.sleeper().during(this::runPrograms).ifPresent(this::finish);
    } catch (ErrnoException impossible) {
      throw new AssertionError(impossible);
    } finally {
      machine.clock().finish(thread);
    }
  }

  /** Returns how the task ends, or empty if it goes on without a program. */
  private Optional<WaitStatus> runPrograms() {
    while (next.isPresent()) {
      Program program = next.get();
      next = Optional.empty();
      try {
        return Optional.of(returned(program.run(task)));
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
   * When the first thread returns, or the one that executed a file, the process ends, as at the end
   * of {@code main}.
   */
  private WaitStatus returned(int code) {
    WaitStatus status = new WaitStatus.Exited(code);
    if (life.leads()) {
      life.group().doom(status);
    }
    return status;
  }

  private WaitStatus crashed(Throwable crash) {
    failure = Optional.of(crash);
    machine.log().print("%s[%d]: the program threw %s".formatted(life.name(), life.tid(), crash));
    for (StackTraceElement frame : crash.getStackTrace()) {
      machine.log().print("  at " + frame);
    }
    boolean fault = crash instanceof MemoryFault || crash instanceof StackOverflowError;
    WaitStatus status = new WaitStatus.Signaled(fault ? Signal.SIGSEGV : Signal.SIGABRT);
    if (!life.isDismissed()) {
      life.group().doom(status);
    }
    return status;
  }

  private void finish(WaitStatus status) {
    Thread.interrupted();
    life.end(status);
  }

  /** Waits for the host's thread; returns whether it has ended. */
  boolean await(Duration limit) throws InterruptedException {
    return thread.join(limit);
  }

  /** Interrupts the host's thread, which may wait by Java's means. */
  void interrupt() {
    thread.interrupt();
  }
}
