package dev.nommu.kernel.ipc;

/**
 * The result of {@code shmctl(IPC_STAT)}, as in {@code struct shmid_ds}.
 *
 * @param id its identifier
 * @param permissions owner, key and mode
 * @param size in bytes, as requested
 * @param history the last operations on it
 * @param attachments the number of attachments
 */
public record ShmStatus(
    int id, IpcPermissions permissions, long size, History history, int attachments) {
  /** The mode bit of a segment that is destroyed with its last attachment. */
  public static final int SHM_DEST = 01000;

  /** The mode bit of a segment locked by SHM_LOCK. */
  public static final int SHM_LOCKED = 02000;

  /**
   * The last operations. Times are seconds since 1970 on the machine's clock, 0 for never.
   *
   * @param creator the number of the process that created the segment
   * @param last the number of the process that attached or detached it last, 0 for none
   * @param attached the time of the last attachment
   * @param detached the time of the last detachment
   * @param changed the time of its creation or of the last change of its permissions
   */
  public record History(int creator, int last, long attached, long detached, long changed) {
    /** Returns the history of a new segment. */
    public static History of(int creator, long now) {
      return new History(creator, 0, 0, 0, now);
    }

    /** Returns the history after a process has attached it. */
    public History attachedBy(int pid, long now) {
      return new History(creator, pid, now, detached, changed);
    }

    /** Returns the history after a process has detached it. */
    public History detachedBy(int pid, long now) {
      return new History(creator, pid, attached, now, changed);
    }

    /** Returns the history after its permissions were set. */
    public History changedAt(long now) {
      return new History(creator, last, attached, detached, now);
    }
  }

  /** Returns permission bits, {@link #SHM_DEST} and {@link #SHM_LOCKED}. */
  public int mode() {
    return permissions.mode();
  }
}
