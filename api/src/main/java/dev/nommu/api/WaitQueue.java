package dev.nommu.api;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Where operations of a plugin's files wait until something has changed, as {@code
 * wait_queue_head_t}. A driver gets it from {@link DeviceContext#newWaitQueue}, a file system from
 * {@link MountRequest#newWaitQueue}; it waits in the operations of a {@link PollableFile} and in
 * {@link CharacterDevice#open}, and wakes it from anywhere: a timer, another operation, a store to
 * its window. Thread-safe.
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
   * Waits until a condition holds; returns at once if it does. The lock of the inode is let go of
   * meanwhile, so that its other operations go on, and is held again when the condition is looked
   * at and when this returns. To be called without any lock that a waker needs.
   *
   * @param condition is looked at once at least, and again after each wake-up; change what it reads
   *     before calling {@link #wakeAll}
   * @throws ErrnoException EAGAIN if the file is used with O_NONBLOCK, or if nobody calls who can
   *     wait; EINTR if a signal or the end of the machine came first; EBADF if the file was closed
   */
  void await(BooleanSupplier condition) throws ErrnoException;

  /**
   * Waits as {@link #await(BooleanSupplier)}, for some time of the machine's clock at most.
   *
   * @return whether the condition holds
   * @throws ErrnoException as {@link #await(BooleanSupplier)}
   */
  boolean await(BooleanSupplier condition, Duration timeout) throws ErrnoException;

  /**
   * Lets all who wait, and all who poll a file of this queue, look again. Waits for nobody; may be
   * called with any lock held.
   */
  void wakeAll();
}
