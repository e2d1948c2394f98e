package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.util.EnumSet;
import java.util.Set;

/** One of the files that a task polls. */
sealed interface Polled {
  /** Returns the events to report now, and registers the waiter for more. */
  Set<PollEvent> look(Waiter waiter) throws ErrnoException;

  /** Removes the waiter. */
  default void forget(Waiter waiter) {}

  /** An entry that is left out. */
  record Nothing() implements Polled {
    @Override
    public Set<PollEvent> look(Waiter waiter) {
      return Set.of();
    }
  }

  /** A descriptor that is not open. */
  record NotOpen() implements Polled {
    @Override
    public Set<PollEvent> look(Waiter waiter) {
      return Set.of(PollEvent.NVAL);
    }
  }

  /** A file whose device was unplugged (rule HOT-04). */
  record Gone() implements Polled {
    @Override
    public Set<PollEvent> look(Waiter waiter) {
      return EnumSet.of(PollEvent.ERR, PollEvent.HUP);
    }
  }

  /** A file that never waits, with DEFAULT_POLLMASK. */
  record Ready(Set<PollEvent> asked) implements Polled {
    @Override
    public Set<PollEvent> look(Waiter waiter) {
      return told(EnumSet.of(PollEvent.IN, PollEvent.OUT), asked);
    }
  }

  /** A file that is waited for. */
  record Waited(FileWaits file, FileWaitQueue queue, Set<PollEvent> asked) implements Polled {
    /** Is in the queue before it looks, so that no wake-up is lost. */
    @Override
    public Set<PollEvent> look(Waiter waiter) throws ErrnoException {
      queue.enter(waiter);
      try {
        return told(file.poll(waiter), asked);
      } catch (ErrnoException failure) {
        if (file.isGone()) {
          return new Gone().look(waiter);
        }
        if (failure.errno() != Errno.EBADF) {
          throw failure;
        }
        return Set.of(PollEvent.NVAL);
      }
    }

    @Override
    public void forget(Waiter waiter) {
      queue.leave(waiter);
      file.forget(waiter);
    }
  }

  private static Set<PollEvent> told(Set<PollEvent> found, Set<PollEvent> asked) {
    Set<PollEvent> told = EnumSet.of(PollEvent.ERR, PollEvent.HUP);
    told.addAll(asked);
    told.retainAll(found);
    return told;
  }
}
