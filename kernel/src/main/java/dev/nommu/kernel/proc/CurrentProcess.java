package dev.nommu.kernel.proc;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.vfs.Credentials;
import java.util.Optional;

/**
 * On whose behalf the calling thread walks a path: what {@code /proc/self} points to.
 *
 * @param pid the number of the process
 * @param credentials in whose name it acts
 */
public record CurrentProcess(int pid, Credentials credentials) {
  private static final ScopedValue<CurrentProcess> CURRENT = ScopedValue.newInstance();

  /** Something done on behalf of a process. */
  @FunctionalInterface
  public interface Action<T> {
    /** Does it. */
    T run() throws ErrnoException;
  }

  /** Returns the result of an action done on behalf of this process. */
  public <T> T call(Action<T> action) throws ErrnoException {
    return ScopedValue.where(CURRENT, this).call(action::run);
  }

  /** Returns the process, or empty outside of {@link #call}. */
  public static Optional<CurrentProcess> get() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
