package dev.nommu.api;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A queue in which operations of a plugin's files wait for a change, as {@code wait_queue_head_t}.
 * A driver gets it from {@link DeviceContext#newWaitQueue}, a file system from {@link
 * MountRequest#newWaitQueue}; the plugin waits in the operations of a {@link PollableFile} and in
 * {@link CharacterDevice#open}, and wakes the queue from anywhere: a timer, another operation, a
 * store to its window. Thread-safe.
 *
 * {@snippet :
 * public long read(MemorySegment into, long position) throws ErrnoException {
 *   changed.await(() -> !received.isEmpty());
 *   return take(into);
 * }
 * }
 *
 * @since 0.1.0
 */
public interface WaitQueue {
  /**
   * Waits until a condition holds; returns at once if it does. The inode's lock is released
   * meanwhile, so that its other operations continue, and is held when the condition is evaluated
   * and when this returns. Must be called without any lock that a waker needs.
   *
   * @param condition evaluated at least once, and again after each wake-up; change what it reads
   *     before calling {@link #wakeAll}
   * @throws ErrnoException EAGAIN if the file has O_NONBLOCK, or the caller cannot wait; EINTR on a
   *     signal or the end of the machine; EBADF if the file was closed
   */
  void await(BooleanSupplier condition) throws ErrnoException;

  /**
   * Waits as {@link #await(BooleanSupplier)} does, with a timeout on the machine's clock.
   *
   * @return whether the condition holds
   * @throws ErrnoException as for {@link #await(BooleanSupplier)}
   */
  boolean await(BooleanSupplier condition, Duration timeout) throws ErrnoException;

  /**
   * Wakes all tasks that wait in this queue or poll a file of it. Does not block; may be called
   * with any lock held.
   */
  void wakeAll();
}
