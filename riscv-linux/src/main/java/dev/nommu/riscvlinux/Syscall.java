package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;

/** One system call. Stateless. */
@FunctionalInterface
interface Syscall {
  /**
   * Makes the call.
   *
   * @param guest in whose name
   * @param a its arguments, a0 to a5
   * @return what it returns in a0
   * @throws ErrnoException what it returns as a negative number
   */
  long make(Guest guest, long[] a) throws ErrnoException;
}
