package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.time.Wakeup;
import dev.nommu.kernel.wait.FileWaitQueue;
import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A task's wait until one of several files is ready, as {@code poll(2)} (section POLL of the
 * rules). For one thread.
 */
public final class Polling {
  private final List<Polled> files = new ArrayList<>();
  private final List<FileWaitQueue> queues = new ArrayList<>();

  /** Creates one without files. */
  public Polling() {}

  /** Adds an entry that is left out: a negative descriptor. */
  public void addNothing() {
    files.add(new Polled.Nothing());
  }

  /** Adds a descriptor that is not open. */
  public void addNotOpen() {
    files.add(new Polled.NotOpen());
  }

  /**
   * Adds an open file.
   *
   * @param asked ERR, HUP and NVAL are always reported
   * @throws ErrnoException EIO if the plugin fails to return its wait queue
   */
  public void add(OpenFileDescription file, Set<PollEvent> asked) throws ErrnoException {
    if (file.territory().presence().isGone()) {
      files.add(new Polled.Gone());
      return;
    }
    if (file.waits().isEmpty()) {
      files.add(new Polled.Ready(asked));
      return;
    }
    try {
      FileWaits waits = file.waits().get();
      FileWaitQueue queue = waits.queue();
      queues.add(queue);
      files.add(new Polled.Waited(waits, queue, asked));
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.EBADF) {
        throw failure;
      }
      addNotOpen();
    }
  }

  /**
   * Waits until there is an event on a file.
   *
   * @param deadline nanoseconds of the clock of {@link Sleeper#current}
   * @return the events of each file, in the order added; all empty if the deadline came first
   * @throws ErrnoException EINTR if a signal came first, EIO if a plugin fails to report its state
   */
  public List<Set<PollEvent>> await(long deadline) throws ErrnoException {
    Sleeper sleeper = Sleeper.current();
    boolean inTime = true;
    while (true) {
      Waiter waiter = FileWaitQueue.waiterFor(sleeper.clock(), queues);
      try {
        List<Set<PollEvent>> told = look(waiter);
        if (!inTime || told.stream().anyMatch(events -> !events.isEmpty())) {
          return told;
        }
        inTime = sleep(sleeper, waiter, deadline);
      } finally {
        files.forEach(file -> file.forget(waiter));
      }
    }
  }

  private List<Set<PollEvent>> look(Waiter waiter) throws ErrnoException {
    List<Set<PollEvent>> told = new ArrayList<>();
    for (Polled file : files) {
      told.add(file.look(waiter));
    }
    return told;
  }

  /** Returns whether the deadline has not come yet. */
  private static boolean sleep(Sleeper sleeper, Waiter waiter, long deadline)
      throws ErrnoException {
    Wakeup end = sleeper.sleep(waiter, deadline, Urgency.HANDLED, "poll");
    if (end == Wakeup.INTERRUPTED) {
      throw new ErrnoException(Errno.EINTR, "poll: interrupted");
    }
    return end == Wakeup.WOKEN;
  }
}
