package dev.nommu.kernel.proc;

import dev.nommu.api.ErrnoException;
import java.util.Optional;

/** On whose behalf the calling thread walks a path: what {@code /proc/self} points to. */
public final class CurrentProcess {
  private static final ScopedValue<Integer> PID = ScopedValue.newInstance();

  private CurrentProcess() {}

  /** Something done on behalf of a process. */
  @FunctionalInterface
  public interface Action<T> {
    /** Does it. */
    T run() throws ErrnoException;
  }

  /** Returns the result of an action done on behalf of a process. */
  public static <T> T as(int pid, Action<T> action) throws ErrnoException {
    return ScopedValue.where(PID, pid).call(action::run);
  }

  /** Returns the number of the process, or empty outside of {@link #as}. */
  static Optional<Integer> pid() {
    return PID.isBound() ? Optional.of(PID.get()) : Optional.empty();
  }
}
