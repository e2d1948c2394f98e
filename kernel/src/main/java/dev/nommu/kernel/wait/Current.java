package dev.nommu.kernel.wait;

import dev.nommu.api.ErrnoException;
import java.lang.ScopedValue.CallableOp;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For whom a thread is in the kernel, as Linux's {@code current}. */
public interface Current {
  /** Returns for whom the thread waits. */
  Sleeper sleeper();

  /** Returns the result of a call during which the calling thread is in the kernel for this one. */
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

  /** Returns for whom the calling thread is in the kernel; null outside of {@link #call}. */
  static @Nullable Current get() {
    return OfThread.CALLING.get().now;
  }

  /**
   * Says where the machine code is that the calling thread runs.
   *
   * @param where innermost call first; empty if it runs none
   */
  static void runs(Supplier<List<StackTraceElement>> where) {
    OfThread.CALLING.get().machineCode = where;
  }

  /** Returns where the machine code of the calling thread is; empty if it runs none. */
  static List<StackTraceElement> machineCode() {
    return OfThread.CALLING.get().machineCode.get();
  }

  /** The state of one thread; a scoped value would cost a call several times as much. */
  final class OfThread {
    private static final ThreadLocal<OfThread> CALLING = ThreadLocal.withInitial(OfThread::new);

    private @Nullable Current now;
    private Supplier<List<StackTraceElement>> machineCode = List::of;

    private OfThread() {}
  }
}
