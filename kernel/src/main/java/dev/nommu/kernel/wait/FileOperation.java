package dev.nommu.kernel.wait;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.time.Waiter;

/** An operation of a file, or the opening of one, that may wait in a {@link FileWaitQueue}. */
public interface FileOperation {
  /** Returns whether it fails with EAGAIN instead of waiting: the current O_NONBLOCK. */
  boolean isNonblocking();

  /** Releases its locks while it waits; the waiter is woken if the file is closed. */
  void letGo(Waiter waiter);

  /** Takes the released locks again. */
  void takeBack(Waiter waiter);

  /** Checks that the file was not closed meanwhile; EBADF. */
  void requireOpen() throws ErrnoException;
}
