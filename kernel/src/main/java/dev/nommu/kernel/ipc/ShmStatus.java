package dev.nommu.kernel.ipc;

/**
 * What {@code shmctl(IPC_STAT)} says of a segment.
 *
 * @param key its key, 0 for a private one
 * @param size bytes, as asked for
 * @param mode permission bits, and {@link #SHM_DEST}
 * @param attachments how often it is attached
 */
public record ShmStatus(int key, long size, int mode, int attachments) {
  /** The segment goes with its last attachment. */
  public static final int SHM_DEST = 01000;
}
