package dev.nommu.kernel.proc;

import java.util.List;
import java.util.Optional;

/** The processes of a machine, as proc finds them. */
public interface Processes {
  /** Returns the process with this number, unless it is gone. */
  Optional<? extends ProcessInfo> find(int pid);

  /** Returns the processes there are, by number. */
  List<? extends ProcessInfo> all();
}
