package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;

/** The calls that programs can make. */
interface Syscalls {
  /**
   * Returns a call.
   *
   * @throws ErrnoException ENOSYS if there is none of this number
   */
  Syscall require(long number) throws ErrnoException;
}
