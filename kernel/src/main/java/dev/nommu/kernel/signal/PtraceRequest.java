package dev.nommu.kernel.signal;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Arrays;

/** The requests of ptrace(2) that there are, by the numbers of {@code linux/ptrace.h}. */
public enum PtraceRequest {
  /** The parent traces the caller. */
  PTRACE_TRACEME(0),
  /** Reads a word. */
  PTRACE_PEEKTEXT(1),
  /** The same: there is one memory. */
  PTRACE_PEEKDATA(2),
  /** Writes a word. */
  PTRACE_POKETEXT(4),
  /** The same. */
  PTRACE_POKEDATA(5),
  /** Lets the tracee go on. */
  PTRACE_CONT(7),
  /** Kills the tracee. */
  PTRACE_KILL(8),
  /** The caller traces a process from now on. */
  PTRACE_ATTACH(16),
  /** The caller traces it no more. */
  PTRACE_DETACH(17),
  /** Asks where a load map is; the number is RISC-V's (rule PTRACE-04). */
  PTRACE_GETFDPIC(33);

  private final int number;

  PtraceRequest(int number) {
    this.number = number;
  }

  /** Returns the number. */
  public int number() {
    return number;
  }

  /**
   * Returns the request of a number.
   *
   * @throws ErrnoException EIO if there is none
   */
  public static PtraceRequest ofNumber(int number) throws ErrnoException {
    return Arrays.stream(values())
        .filter(each -> each.number == number)
        .findFirst()
        .orElseThrow(() -> new ErrnoException(Errno.EIO, "ptrace: there is no request " + number));
  }
}
