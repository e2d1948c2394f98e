package dev.nommu.kernel.signal;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Arrays;

/** The supported requests of ptrace(2), with the numbers of {@code linux/ptrace.h}. */
public enum PtraceRequest {
  /** The parent traces the caller. */
  PTRACE_TRACEME(0),
  /** Reads a word. */
  PTRACE_PEEKTEXT(1),
  /** The same: code and data share one memory. */
  PTRACE_PEEKDATA(2),
  /** Writes a word. */
  PTRACE_POKETEXT(4),
  /** The same. */
  PTRACE_POKEDATA(5),
  /** Continues the tracee. */
  PTRACE_CONT(7),
  /** Kills the tracee. */
  PTRACE_KILL(8),
  /** The caller starts tracing a process. */
  PTRACE_ATTACH(16),
  /** The caller stops tracing it. */
  PTRACE_DETACH(17),
  /** Returns the address of a load map; the number is RISC-V's (rule PTRACE-04). */
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
   * Returns the request with a number.
   *
   * @throws ErrnoException EIO if there is none
   */
  public static PtraceRequest ofNumber(int number) throws ErrnoException {
    return Arrays.stream(values())
        .filter(each -> each.number == number)
        .findFirst()
        .orElseThrow(() -> new ErrnoException(Errno.EIO, "ptrace: no such request: " + number));
  }
}
