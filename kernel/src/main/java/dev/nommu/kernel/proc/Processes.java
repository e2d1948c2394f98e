package dev.nommu.kernel.proc;

import java.util.List;
import java.util.Optional;

/** The processes of a machine, as proc looks them up. */
public interface Processes {
  /** Returns the process with this number, or empty. */
  Optional<? extends ProcessInfo> find(int pid);

  /** Returns the existing processes, by number. */
  List<? extends ProcessInfo> all();
}
