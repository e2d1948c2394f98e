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
 * Releases a machine's resources in reverse order, when it closes or fails to boot. Failures are
 * logged, and the rest is still released.
 */
final class Shutdown {
  private final KernelLog log;
  private final Deque<FallibleAction<IOException>> steps = new ConcurrentLinkedDeque<>();
  private final List<Supplier<Map<Thread, String>>> holders = new CopyOnWriteArrayList<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Creates the shutdown of a machine with no resources yet. */
  Shutdown(KernelLog log) {
    this.log = log;
  }

  /** Registers the release of a resource that the machine has acquired. */
  void add(FallibleAction<IOException> step) {
    steps.push(step);
  }

  /**
   * Registers a source of threads in plugins' calls that can delay it, each with its description.
   */
  void canBeHeldUpBy(Supplier<Map<Thread, String>> threads) {
    holders.add(threads);
  }

  /** Returns the threads that delay it, or would, and what each is in. */
  Map<Thread, String> holders() {
    Map<Thread, String> threads = new LinkedHashMap<>();
    holders.forEach(each -> each.get().forEach(threads::putIfAbsent));
    return threads;
  }

  /** Releases everything; a second call does nothing. */
  void run() {
    if (!begun.getAndSet(true)) {
      run(steps.iterator());
    }
  }

  /**
   * Releases everything on a separate thread, which continues if that takes longer.
   *
   * @param patience the longest time to wait
   * @return the threads that still delay it, one sentence each
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
