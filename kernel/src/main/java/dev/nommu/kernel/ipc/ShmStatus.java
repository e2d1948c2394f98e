package dev.nommu.kernel.ipc;

/**
 * What {@code shmctl(IPC_STAT)} says of a segment, as {@code struct shmid_ds}.
 *
 * @param id its identifier
 * @param permissions owner, key and mode
 * @param size bytes, as asked for
 * @param history who did what when
 * @param attachments how often it is attached
 */
public record ShmStatus(
    int id, IpcPermissions permissions, long size, History history, int attachments) {
  /** The bit of the mode that says that the segment goes with its last attachment. */
  public static final int SHM_DEST = 01000;

  /** The bit of the mode that says that SHM_LOCK was asked for. */
  public static final int SHM_LOCKED = 02000;

  /**
   * Who did what when. Times are seconds since 1970 on the machine's clock, 0 for never.
   *
   * @param creator the number of the process that made the segment
   * @param last the number of the process that attached or detached it last, 0 for none
   * @param attached the time of the last attachment
   * @param detached the time of the last detachment
   * @param changed the time when it was made or its permissions were set
   */
  public record History(int creator, int last, long attached, long detached, long changed) {
    /** Returns what is known of something new. */
    public static History of(int creator, long now) {
      return new History(creator, 0, 0, 0, now);
    }

    /** Returns what is known after a process has attached it. */
    public History attachedBy(int pid, long now) {
      return new History(creator, pid, now, detached, changed);
    }

    /** Returns what is known after a process has detached it. */
    public History detachedBy(int pid, long now) {
      return new History(creator, pid, attached, now, changed);
    }

    /** Returns what is known after its permissions were set. */
    public History changedAt(long now) {
      return new History(creator, last, attached, detached, now);
    }
  }

  /** Returns permission bits, {@link #SHM_DEST} and {@link #SHM_LOCKED}. */
  public int mode() {
    return permissions.mode();
  }
}
