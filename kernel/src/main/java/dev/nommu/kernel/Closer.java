package dev.nommu.kernel;

import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.process.Member;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a machine on a thread of its own, so that who closes it waits for plugins and programs only
 * so long. What takes longer goes on: the memory is given back when the last thread has come back
 * that could touch it. Thread-safe.
 */
final class Closer {
  private final TaskTable tasks;
  private final Shutdown shutdown;
  private final KernelLog log;
  private final Queue<Member> toTell = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  Closer(TaskTable tasks, Shutdown shutdown, KernelLog log) {
    this.tasks = tasks;
    this.shutdown = shutdown;
    this.log = log;
  }

  /** Returns whether the machine is closed, or about to be. */
  boolean hasBegun() {
    return thread.get() != null;
  }

  /**
   * Ends the machine, or waits for who does already. Half-way programs are interrupted.
   *
   * @param patience at most how long to wait
   */
  void close(Duration patience) {
    Duration half = patience.dividedBy(2);
    try {
      Thread closer = begin();
      if (closer.join(half)) {
        return;
      }
      hurry();
      if (!closer.join(half)) {
        new Stragglers(log).print(patience, tasks.threads(), closer);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      log.print("close: interrupted; it goes on without being waited for");
    }
  }

  private Thread begin() {
    Thread mine = Thread.ofPlatform().daemon().name("nommu-close").unstarted(this::run);
    Thread first = thread.compareAndExchange(null, mine);
    if (first != null) {
      return first;
    }
    mine.start();
    return mine;
  }

  private void run() {
    try {
      toTell.addAll(tasks.close());
      for (Member next = toTell.poll(); next != null; next = toTell.poll()) {
        end(next);
      }
      tasks.awaitQuiet();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
    shutdown.run();
  }

  private void end(Member task) {
    try {
      task.doomed();
    } catch (RuntimeException | Error fault) {
      log.print("close: the end of task %d: %s".formatted(task.tid(), fault));
    }
  }

  /** One that holds up the closer holds up no other; an interrupt can wait for a host's file. */
  private void hurry() {
    for (Member next = toTell.poll(); next != null; next = toTell.poll()) {
      Member task = next;
      inBackground(() -> end(task));
    }
    tasks.programThreads().forEach(program -> inBackground(program::interrupt));
  }

  private static void inBackground(Runnable step) {
    Thread.ofPlatform().daemon().name("nommu-close").start(step);
  }
}
