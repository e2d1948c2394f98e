package dev.nommu.kernel;

import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.task.TaskTable;
import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Shuts down a machine on a separate thread, so that the caller of close waits a limited time for
 * plugins and programs. Work that takes longer continues: the memory is released when the last
 * thread that could touch it has returned. Thread-safe.
 */
final class Closer {
  /** Each request gets a thread; an idle thread is reused for a while. */
  private static final ExecutorService THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("nommu-close").factory());

  private final TaskTable tasks;
  private final Shutdown shutdown;
  private final MachineClock clock;
  private final KernelLog log;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Queue<Member> toTell = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread thread;

  Closer(TaskTable tasks, Shutdown shutdown, MachineClock clock, KernelLog log) {
    this.tasks = tasks;
    this.clock = clock;
    this.shutdown = shutdown;
    this.log = log;
  }

  /** Returns whether the machine is closed or closing. */
  boolean hasBegun() {
    return begun.get();
  }

  /**
   * Shuts down the machine, or waits for the thread that is doing so. Halfway through, programs are
   * interrupted.
   *
   * @param patience the longest time to wait
   */
  void close(Duration patience) {
    if (begun.compareAndSet(false, true)) {
      THREADS.execute(this::run);
    }
    long half = TimeUnit.NANOSECONDS.convert(patience) / 2;
    try {
      if (isOverIn(half)) {
        return;
      }
      hurry();
      if (!isOverIn(half)) {
        new Stragglers(log).print(patience, stragglers(), Optional.ofNullable(thread));
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      log.print("close: interrupted; it goes on without being waited for");
    }
  }

  /** Returns the threads that have not returned, each with its description. */
  private Map<Thread, String> stragglers() {
    Map<Thread, String> threads = new LinkedHashMap<>(tasks.threads());
    shutdown.holders().forEach(threads::putIfAbsent);
    return threads;
  }

  private boolean isOverIn(long nanoseconds) throws InterruptedException {
    return over.await(nanoseconds, TimeUnit.NANOSECONDS);
  }

  private void run() {
    thread = Thread.currentThread();
    try {
      toTell.addAll(tasks.close());
      for (Member next = toTell.poll(); next != null; next = toTell.poll()) {
        end(next);
      }
      tasks.awaitQuiet();
      shutdown.run();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    } finally {
      over.countDown();
    }
  }

  private void end(Member task) {
    try {
      task.doomed();
    } catch (RuntimeException | Error fault) {
      log.print("close: the end of task %d: %s".formatted(task.tid(), fault));
    }
  }

  /**
   * An interrupt that blocks, say on a host file, delays neither the closer nor other interrupts.
   */
  private void hurry() {
    clock.openCpus();
    for (Member next = toTell.poll(); next != null; next = toTell.poll()) {
      Member task = next;
      THREADS.execute(() -> end(task));
    }
    tasks.programThreads().forEach(program -> THREADS.execute(program::interrupt));
  }
}
