package dev.nommu.kernel.ipc;

/** The keys and flags of {@code shmget} and {@code shmat}, with the numbers of Linux. */
public final class ShmFlags {
  /** IPC_PRIVATE: always a new segment. */
  public static final int IPC_PRIVATE = 0;

  /** IPC_CREAT. */
  public static final int IPC_CREAT = 01000;

  /** IPC_EXCL. */
  public static final int IPC_EXCL = 02000;

  /** SHM_HUGETLB: pages of a size that a machine without an MMU does not have. */
  public static final int SHM_HUGETLB = 04000;

  /** SHM_RDONLY. */
  public static final int SHM_RDONLY = 010000;

  /** SHM_RND: the address is rounded down. */
  public static final int SHM_RND = 020000;

  /** SHM_REMAP: the segment replaces any mapping at the address. */
  public static final int SHM_REMAP = 040000;

  /** SHM_EXEC. */
  public static final int SHM_EXEC = 0100000;

  private ShmFlags() {}
}
