package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.log.KernelLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Gives back what a machine has, what it got last first: when it ends, and when it cannot boot.
 * Failures are logged, and the rest is released all the same.
 */
final class Shutdown {
  private final KernelLog log;
  private final Deque<FallibleAction<IOException>> steps = new ConcurrentLinkedDeque<>();
  private final List<Supplier<Map<Thread, String>>> holders = new CopyOnWriteArrayList<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Creates the shutdown of a machine that has nothing yet. */
  Shutdown(KernelLog log) {
    this.log = log;
  }

  /** Says how something that the machine now has is given back. */
  void add(FallibleAction<IOException> step) {
    steps.push(step);
  }

  /** Says who can hold it up, by a call of a plugin: threads, and what each is in. */
  void canBeHeldUpBy(Supplier<Map<Thread, String>> threads) {
    holders.add(threads);
  }

  /** Returns the threads that hold it up, or would, and what each is in. */
  Map<Thread, String> holders() {
    Map<Thread, String> threads = new LinkedHashMap<>();
    holders.forEach(each -> each.get().forEach(threads::putIfAbsent));
    return threads;
  }

  /** Gives everything back; a second time does nothing. */
  void run() {
    if (!begun.getAndSet(true)) {
      run(steps.iterator());
    }
  }

  /**
   * Gives everything back on a thread of its own, which goes on if that takes longer.
   *
   * @param patience at most how long to wait
   * @return who keeps it from ending then, one sentence each
   */
  List<String> run(Duration patience) {
    Thread closer = Thread.ofPlatform().daemon().name("nommu-close").start(this::run);
    try {
      return closer.join(patience)
          ? List.of()
          : new Stragglers(log).print(patience, holders(), Optional.of(closer));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return List.of("interrupted; the memory is given back without being waited for");
    }
  }

  private void run(Iterator<FallibleAction<IOException>> left) {
    if (left.hasNext()) {
      try {
        attempt(left.next());
      } finally {
        run(left);
      }
    }
  }

  private void attempt(FallibleAction<IOException> step) {
    try {
      step.run();
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.describe());
    } catch (IOException | RuntimeException | Error failure) {
      log.print("shutdown: " + failure);
    }
  }
}
