package dev.nommu.kernel.ipc;

/** Whether a futex is used by the threads of one process only (FUTEX_PRIVATE_FLAG). */
public enum FutexScope {
  /** By one process. */
  PRIVATE,
  /** By all who share the memory. */
  SHARED
}
