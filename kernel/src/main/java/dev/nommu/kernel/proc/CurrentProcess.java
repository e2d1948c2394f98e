package dev.nommu.kernel.proc;

import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.wait.Current;
import java.util.Optional;

/** The process on whose behalf a thread walks a path: the target of {@code /proc/self}. */
public interface CurrentProcess extends Current {
  /** Returns the number of the process. */
  int pid();

  /** Returns its credentials. */
  Credentials credentials();

  /** Returns the process on whose behalf the calling thread is in the kernel, or empty. */
  static Optional<CurrentProcess> get() {
    return Current.get() instanceof CurrentProcess process
        ? Optional.of(process)
        : Optional.empty();
  }
}
