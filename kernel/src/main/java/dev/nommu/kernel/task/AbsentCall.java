package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * The system calls that fail with ENOSYS: those that need an MMU (rule NOSYS-01), and a few others
 * that Linux has (rule NOSYS-03).
 */
public enum AbsentCall {
  /** {@code mprotect}. */
  MPROTECT,
  /** {@code msync}. */
  MSYNC,
  /** {@code mlock}. */
  MLOCK,
  /** {@code munlock}. */
  MUNLOCK,
  /** {@code mlockall}. */
  MLOCKALL,
  /** {@code munlockall}. */
  MUNLOCKALL,
  /** {@code mincore}. */
  MINCORE,
  /** {@code madvise}. */
  MADVISE,
  /** {@code remap_file_pages}. */
  REMAP_FILE_PAGES,
  /** {@code swapon}. */
  SWAPON,
  /** {@code swapoff}. */
  SWAPOFF,
  /** {@code migrate_pages}. */
  MIGRATE_PAGES,
  /** {@code move_pages}. */
  MOVE_PAGES,
  /** {@code mbind}. */
  MBIND,
  /** {@code set_mempolicy}. */
  SET_MEMPOLICY,
  /** {@code get_mempolicy}. */
  GET_MEMPOLICY,
  /** {@code process_madvise}. */
  PROCESS_MADVISE,
  /** {@code process_mrelease}. */
  PROCESS_MRELEASE,
  /** {@code mseal}. */
  MSEAL,
  /** {@code cachestat}. */
  CACHESTAT,
  /** {@code process_vm_readv}. */
  PROCESS_VM_READV,
  /** {@code process_vm_writev}. */
  PROCESS_VM_WRITEV,
  /** {@code splice}. */
  SPLICE(Reason.LEFT_OUT),
  /** {@code copy_file_range}. */
  COPY_FILE_RANGE(Reason.LEFT_OUT);

  private final Reason reason;

  AbsentCall() {
    this(Reason.NO_MMU);
  }

  AbsentCall(Reason reason) {
    this.reason = reason;
  }

  /** The reason a call is missing. */
  private enum Reason {
    NO_MMU("NOSYS-01", "there is no such call without an MMU"),
    LEFT_OUT("NOSYS-03", "this kernel does not have it");

    private final String rule;
    private final String words;

    Reason(String rule, String words) {
      this.rule = rule;
      this.words = words;
    }
  }

  /** Returns the failure of the call. */
  ErrnoException failure() {
    return ErrnoException.byRule(reason.rule, Errno.ENOSYS, this + ": " + reason.words);
  }
}
