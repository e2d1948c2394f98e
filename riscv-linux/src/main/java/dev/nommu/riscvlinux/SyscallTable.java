package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.HashMap;
import java.util.Map;

/** The calls by their numbers, which are those of asm-generic. Immutable. */
final class SyscallTable {
  private static final SyscallTable STANDARD = new SyscallTable();

  private final Map<Integer, Syscall> calls = new HashMap<>();

  private SyscallTable() {
    FileSyscalls.addTo(this);
    TreeSyscalls.addTo(this);
    MemorySyscalls.addTo(this);
    ProcessSyscalls.addTo(this);
    SignalSyscalls.addTo(this);
    TimeSyscalls.addTo(this);
    ShmSyscalls.addTo(this);
    SystemSyscalls.addTo(this);
  }

  static SyscallTable standard() {
    return STANDARD;
  }

  SyscallTable add(int number, Syscall call) {
    if (calls.put(number, call) != null) {
      throw new AssertionError("two calls have the number " + number);
    }
    return this;
  }

  /**
   * Returns a call.
   *
   * @throws ErrnoException ENOSYS if there is none of this number
   */
  Syscall require(long number) throws ErrnoException {
    Syscall call = number == (int) number ? calls.get((int) number) : null;
    if (call == null) {
      throw new ErrnoException(Errno.ENOSYS, "system call " + number + " is not there");
    }
    return call;
  }
}
