package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;

/** The calls that programs can make. */
interface Syscalls {
  /**
   * Returns a call.
   *
   * @throws ErrnoException ENOSYS if no call has this number
   */
  Syscall require(long number) throws ErrnoException;
}
