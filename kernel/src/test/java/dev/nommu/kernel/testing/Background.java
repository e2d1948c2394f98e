package dev.nommu.kernel.testing;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A call that another thread makes while a test goes on. */
public final class Background<T> {
  private final FutureTask<T> result;
  private final Thread thread;

  private Background(Callable<T> call) {
    this.result = new FutureTask<>(call);
    this.thread = Thread.ofVirtual().start(result);
  }

  /** Lets another thread make a call. */
  public static <T> Background<T> of(Callable<T> call) {
    return new Background<>(call);
  }

  /** Lets another thread make a call of a task that waits; returns when it waits for this. */
  public static <T> Background<T> waiting(Task task, String what, Callable<T> call) {
    Background<T> made = of(call);
    awaitWait(task, what);
    return made;
  }

  /** Returns when a thread of a task waits for this. */
  public static void awaitWait(Task task, String what) {
    while (!task.waitsFor().contains(what)) {
      if (Thread.interrupted()) {
        throw new AssertionError(
            "expected a task that waits for %s, found %s".formatted(what, task.waitsFor()));
      }
      Thread.onSpinWait();
    }
  }

  /** Returns what the call returned; throws what it threw. */
  public T result() throws Exception {
    try {
      return result.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** Returns what the call returned; throws how it failed. */
  public T awaitResult() throws ErrnoException {
    try {
      return result();
    } catch (ErrnoException failure) {
      throw failure;
    } catch (Exception other) {
      throw new AssertionError(other);
    }
  }

  /** Returns the thread. */
  public Thread thread() {
    return thread;
  }
}
