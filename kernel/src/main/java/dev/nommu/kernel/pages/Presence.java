package dev.nommu.kernel.pages;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Whether a device is there, and who uses it. When it has been unplugged nobody gets to it any
 * more, and what it had is kept until its users are gone (section HOT). Thread-safe.
 */
public final class Presence {
  /** An open file of the device, or a file system on it. */
  @FunctionalInterface
  public interface User {
    /** Tells that the device has gone. Called without a lock of the kernel, perhaps twice. */
    void removed();
  }

  @GuardedBy("this")
  private final Set<User> users = Collections.newSetFromMap(new IdentityHashMap<>());

  @GuardedBy("this")
  private Runnable unused = () -> {};

  private volatile boolean gone;

  /** Whether somebody has ever used it: files of file systems never do, and are closed often. */
  private volatile boolean used;

  /** Creates a device that is there and that nobody uses. */
  Presence() {}

  /** Returns whether it was unplugged. */
  public boolean isGone() {
    return gone;
  }

  /**
   * Checks that the device is there, for an operation of an open file.
   *
   * @param what the operation, or the file
   * @throws ErrnoException ENODEV if it was unplugged (rule HOT-04)
   */
  public void require(Object what) throws ErrnoException {
    if (gone) {
      throw ErrnoException.byRule("HOT-04", Errno.ENODEV, what + ": the device was unplugged");
    }
  }

  /**
   * Counts a user, until {@link #leave}.
   *
   * @throws ErrnoException ENXIO if the device was unplugged (rule HOT-03)
   */
  public synchronized void enter(User user, Object what) throws ErrnoException {
    if (gone) {
      throw ErrnoException.byRule("HOT-03", Errno.ENXIO, what + ": the device was unplugged");
    }
    used = true;
    users.add(user);
  }

  /** Says that a user is gone; with the last one goes what the device had, if it was unplugged. */
  public void leave(User user) {
    if (!used) {
      return;
    }
    Runnable end;
    synchronized (this) {
      boolean last = users.remove(user) && users.isEmpty();
      end = last ? unused : () -> {};
    }
    end.run();
  }

  /** Marks the device as unplugged, and wakes its users. */
  public void remove() {
    List<User> told;
    synchronized (this) {
      gone = true;
      told = List.copyOf(users);
    }
    told.forEach(User::removed);
  }

  /**
   * Says what is done when nobody uses the device any more that was unplugged: at once if nobody
   * does. To be called once.
   */
  public void whenUnused(Runnable end) {
    synchronized (this) {
      if (!users.isEmpty()) {
        unused = end;
        return;
      }
    }
    end.run();
  }
}
