package dev.nommu.kernel.memory;

import dev.nommu.kernel.plugin.Callers;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The loads and stores that device windows of plugins are handling: an outside thread that makes
 * one is not in a call of a task. Thread-safe.
 */
public final class WindowAccesses {
  private static final long MILLISECONDS_BETWEEN_LOOKS = 10;

  private final Callers callers = new Callers();

  /** Saves each thread a search for its place: any number of threads access windows. */
  private final ThreadLocal<Callers.Place> place = ThreadLocal.withInitial(callers::place);

  private volatile boolean ended;

  WindowAccesses() {}

  /**
   * Records that the calling thread accesses a window, until the result is closed.
   *
   * @throws IllegalStateException once the machine has ended
   */
  Callers.Call begin() {
    Callers.Call call = place.get().enter();
    VarHandle.fullFence();
    if (ended) {
      call.close();
      throw new IllegalStateException("the machine is closed");
    }
    return call;
  }

  /** Returns the threads that are accessing windows, with descriptions. */
  public Map<Thread, String> threads() {
    return callers.threads().stream()
        .collect(Collectors.toMap(thread -> thread, thread -> "a load or store of a device"));
  }

  /**
   * Rejects further accesses, and waits until those in progress have returned. Must be called again
   * if interrupted.
   */
  public void end() throws InterruptedException {
    ended = true;
    VarHandle.fullFence();
    while (!threads().isEmpty()) {
      Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
    }
  }
}
