package dev.nommu.kernel.wait;

import dev.nommu.api.ErrnoException;
import java.lang.ScopedValue.CallableOp;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The task on whose behalf a thread is in the kernel, like Linux's {@code current}. */
public interface Current {
  /** Returns the sleeper on whose behalf the thread waits. */
  Sleeper sleeper();

  /** Returns the result of a call during which this is the current task of the calling thread. */
  default <T> T call(CallableOp<T, ErrnoException> call) throws ErrnoException {
    OfThread thread = OfThread.CALLING.get();
    Current before = thread.now;
    thread.now = this;
    try {
      return call.call();
    } finally {
      thread.now = before;
    }
  }

  /** Returns the current task of the calling thread; null outside of {@link #call}. */
  static @Nullable Current get() {
    return OfThread.CALLING.get().now;
  }

  /**
   * Sets the stack trace of the machine code that the calling thread runs.
   *
   * @param where returns the trace, innermost call first; empty if it runs none
   */
  static void runs(Supplier<List<StackTraceElement>> where) {
    OfThread.CALLING.get().machineCode = where;
  }

  /** Returns the stack trace of the calling thread's machine code; empty if it runs none. */
  static List<StackTraceElement> machineCode() {
    return OfThread.CALLING.get().machineCode.get();
  }

  /** The state of one thread; a scoped value would make calls several times as expensive. */
  final class OfThread {
    private static final ThreadLocal<OfThread> CALLING = ThreadLocal.withInitial(OfThread::new);

    private @Nullable Current now;
    private Supplier<List<StackTraceElement>> machineCode = List::of;

    private OfThread() {}
  }
}
