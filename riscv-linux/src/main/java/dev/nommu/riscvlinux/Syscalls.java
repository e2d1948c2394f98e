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

  /** Returns whether a call that a signal interrupts is made once more with SA_RESTART. */
  boolean canRestart(long number);
}
