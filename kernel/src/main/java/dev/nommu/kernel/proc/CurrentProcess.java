package dev.nommu.kernel.proc;

import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.wait.Current;
import java.util.Optional;

/** On whose behalf a thread walks a path: what {@code /proc/self} points to. */
public interface CurrentProcess extends Current {
  /** Returns the number of the process. */
  int pid();

  /** Returns in whose name it acts. */
  Credentials credentials();

  /** Returns on whose behalf the calling thread is in the kernel; empty for nobody's. */
  static Optional<CurrentProcess> get() {
    return Current.get() instanceof CurrentProcess process
        ? Optional.of(process)
        : Optional.empty();
  }
}
