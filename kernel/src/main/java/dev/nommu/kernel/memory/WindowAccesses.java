package dev.nommu.kernel.memory;

import dev.nommu.kernel.plugin.Callers;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The loads and stores that device windows of plugins are answering: a thread from outside that
 * makes one is in no call of a task. Thread-safe.
 */
public final class WindowAccesses {
  private static final long MILLISECONDS_BETWEEN_LOOKS = 10;

  private final Callers callers = new Callers();

  /** Any number of threads ask windows: none of them goes along all to find its own place. */
  private final ThreadLocal<Callers.Place> place = ThreadLocal.withInitial(callers::place);

  private volatile boolean ended;

  WindowAccesses() {}

  /**
   * Notes that the calling thread asks a window, until the result is closed.
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

  /** Returns the threads that ask windows at the moment, and what each is in. */
  public Map<Thread, String> threads() {
    return callers.threads().stream()
        .collect(Collectors.toMap(thread -> thread, thread -> "a load or store of a device"));
  }

  /**
   * Lets no window be asked any more, and waits until each has answered. To be called again if it
   * is interrupted.
   */
  public void end() throws InterruptedException {
    ended = true;
    VarHandle.fullFence();
    while (!threads().isEmpty()) {
      Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
    }
  }
}
