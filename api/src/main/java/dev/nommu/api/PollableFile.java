package dev.nommu.api;

import java.util.Set;

/**
 * A file whose operations can block, as {@code file_operations.poll}: only its operations may wait
 * in a {@link WaitQueue}. A file without this slot never blocks: to {@code poll} it is always
 * readable and writable (rule POLL-02).
 *
 * @since 0.1.0
 */
public interface PollableFile extends OpenFile {
  /**
   * Returns the operations that would not block now, and any errors. Called with the inode's lock
   * held.
   *
   * @return any of the events but {@link PollEvent#NVAL}; may be empty
   */
  Set<PollEvent> poll();

  /**
   * Returns the queue that is woken whenever {@link #poll} may return more than before; always the
   * same, made by {@link DeviceContext#newWaitQueue} or {@link MountRequest#newWaitQueue}.
   */
  WaitQueue queue();
}
