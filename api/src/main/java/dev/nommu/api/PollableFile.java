package dev.nommu.api;

import java.util.Set;

/**
 * A file that can make its users wait, as {@code file_operations.poll}: only its operations may
 * wait in a {@link WaitQueue}. A file without this slot never waits: it can always be read and
 * written as far as {@code poll} is concerned (rule POLL-02).
 *
 * @since 0.1.0
 */
public interface PollableFile extends OpenFile {
  /**
   * Returns what can be done now without waiting, and what is wrong. Asked with the lock of the
   * inode held.
   *
   * @return any of the events but {@link PollEvent#NVAL}; may be empty
   */
  Set<PollEvent> poll();

  /**
   * Returns what is woken whenever {@link #poll} may answer more than before; always the same, made
   * by {@link DeviceContext#newWaitQueue} or {@link MountRequest#newWaitQueue}.
   */
  WaitQueue queue();
}
