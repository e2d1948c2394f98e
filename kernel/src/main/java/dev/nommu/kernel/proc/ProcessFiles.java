package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.Inode;
import dev.nommu.kernel.mm.RemoteMemory;
import java.lang.ScopedValue.CallableOp;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the files in the directory of one process; they belong to its user. */
final class ProcessFiles {
  private final ProcessInfo process;

  ProcessFiles(ProcessInfo process) {
    this.process = process;
  }

  /** Returns a file that only its mode protects. */
  Inode text(long number, CallableOp<String, ErrnoException> content) {
    return new PseudoFile(number, attributes(0444), flags -> text(content));
  }

  /** Returns a file that only processes which may inspect this one can read (rule PROC-02). */
  Inode inspected(long number, int permissions, CallableOp<String, ErrnoException> content) {
    return new PseudoFile(
        number,
        attributes(permissions),
        flags -> {
          requireInspection();
          return text(content);
        });
  }

  /** Returns a link that only processes which may inspect this one can follow. */
  Inode link(long number, CallableOp<String, ErrnoException> target) {
    return new PseudoLink(
        number,
        () -> {
          requireInspection();
          return target.call();
        });
  }

  /** Returns the file in which an offset is an address of the process. */
  Inode memory(long number, RemoteMemory memory) {
    return new PseudoFile(
        number,
        attributes(0600),
        flags -> {
          requireInspection();
          return new ProcessMemory(process, memory);
        });
  }

  private static PseudoFile.Text text(CallableOp<String, ErrnoException> content)
      throws ErrnoException {
    return new PseudoFile.Text(FileNames.encode(content.call()));
  }

  private Supplier<Attributes> attributes(int permissions) {
    return () -> PseudoFile.attributes(permissions).owner(process.credentials().owner()).build();
  }

  /** As {@code ptrace_may_access}: allows the process itself, its user and the superuser. */
  private void requireInspection() throws ErrnoException {
    Optional<CurrentProcess> asker = CurrentProcess.get();
    boolean permitted =
        asker
            .filter(other -> other.pid() != process.pid())
            .filter(other -> !other.credentials().mayInspect(process.credentials()))
            .isEmpty();
    if (!permitted) {
      throw new ErrnoException(
          Errno.EACCES,
          "/proc/%d: user %d may not inspect a process of user %d"
              .formatted(
                  process.pid(),
                  asker.orElseThrow().credentials().uid(),
                  process.credentials().uid()));
    }
  }
}
