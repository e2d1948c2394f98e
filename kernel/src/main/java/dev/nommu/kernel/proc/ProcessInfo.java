package dev.nommu.kernel.proc;

import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.process.ProcessState;
import dev.nommu.kernel.process.SignalSets;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.VfsPath;
import java.util.Optional;

/** A process as proc shows it. */
public interface ProcessInfo {
  /** Returns its number. */
  int pid();

  /** Returns the number of its parent, 0 if it has none. */
  int parent();

  /** Returns the number of the process that traces it, 0 if none does. */
  int tracer();

  /** Returns its name, as {@code comm}. */
  String name();

  /** Returns its state. */
  ProcessState state();

  /** Returns how many threads it has. */
  int threads();

  /** Returns its credentials. */
  Credentials credentials();

  /** Returns the size of its descriptor table. */
  int descriptorSlots();

  /** Returns the most descriptors it can have, RLIMIT_NOFILE. */
  int descriptorLimit();

  /** Returns its signals. */
  SignalSets signals();

  /** Returns its memory, or empty if it has ended. */
  Optional<AddressSpace> memory();

  /** Returns its working directory, or empty if it has ended. */
  Optional<VfsPath> workingDirectory();
}
