package dev.nommu.kernel.ipc;

/** Whether a futex is used by the threads of one process only (FUTEX_PRIVATE_FLAG). */
public enum FutexScope {
  /** Used by one process. */
  PRIVATE,
  /** Used by every process that shares the memory. */
  SHARED
}
