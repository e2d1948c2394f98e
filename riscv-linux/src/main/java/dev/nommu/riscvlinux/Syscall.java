package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;

/** One system call. Stateless. */
@FunctionalInterface
interface Syscall {
  /**
   * Makes the call.
   *
   * @param guest the calling thread
   * @param a its arguments, a0 to a5
   * @return the result, for a0
   * @throws ErrnoException the error, for a0 as a negative number
   */
  long make(Guest guest, long[] a) throws ErrnoException;
}
