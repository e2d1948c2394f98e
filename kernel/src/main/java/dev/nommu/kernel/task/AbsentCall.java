package dev.nommu.kernel.task;

/** The system calls that a kernel without an MMU does not have (rule NOSYS-01): ENOSYS. */
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
  PROCESS_VM_WRITEV
}
