package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The calls by their asm-generic numbers. Immutable. */
final class SyscallTable implements Syscalls {
  private static final SyscallTable STANDARD = new SyscallTable();

  private final SortedMap<Integer, Named> calls = new TreeMap<>();

  private record Named(String name, Syscall call) {}

  private SyscallTable() {
    FileSyscalls.addTo(this);
    PollSyscalls.addTo(this);
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

  SyscallTable add(int number, String name, Syscall call) {
    if (calls.put(number, new Named(name, call)) != null) {
      throw new AssertionError("two calls have the number " + number);
    }
    return this;
  }

  @Override
  public Syscall require(long number) throws ErrnoException {
    Named named = number == (int) number ? calls.get((int) number) : null;
    if (named == null) {
      throw new ErrnoException(Errno.ENOSYS, "system call " + number + " is not implemented");
    }
    return named.call();
  }

  /** Returns the names of the calls by number, as docs/PROGRAMS.md lists them. */
  SortedMap<Integer, String> names() {
    SortedMap<Integer, String> names = new TreeMap<>();
    calls.forEach((number, named) -> names.put(number, named.name()));
    return names;
  }
}
