package dev.nommu.kernel.proc;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.wait.Sleeper;
import java.util.Optional;

/**
 * On whose behalf the calling thread walks a path: what {@code /proc/self} points to.
 *
 * @param pid the number of the process
 * @param credentials in whose name it acts
 */
public record CurrentProcess(int pid, Credentials credentials) {
  private static final ScopedValue<CurrentProcess> CURRENT = ScopedValue.newInstance();

  /** Returns the result of a call made on behalf of this process, whose waits are a sleeper's. */
  public <T> T call(Sleeper sleeper, Sleeper.Call<T> call) throws ErrnoException {
    return sleeper.binding().where(CURRENT, this).call(call::make);
  }

  /** Returns the process, or empty outside of {@link #call}. */
  public static Optional<CurrentProcess> get() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
