package dev.nommu.kernel.wait;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.time.Waiter;

/** An operation of a file, or the opening of one, that may wait in a {@link FileWaitQueue}. */
public interface FileOperation {
  /** Returns whether it answers EAGAIN instead of waiting: O_NONBLOCK, as it is now. */
  boolean isNonblocking();

  /** Lets go of what others need while it waits; the waiter is woken if the file is closed. */
  void letGo(Waiter waiter);

  /** Takes back what was let go of. */
  void takeBack(Waiter waiter);

  /** Checks that the file was not closed meanwhile; EBADF. */
  void requireOpen() throws ErrnoException;
}
