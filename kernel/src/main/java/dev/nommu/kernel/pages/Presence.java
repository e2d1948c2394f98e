package dev.nommu.kernel.pages;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Whether a device is present, and its users. After it was unplugged it cannot be accessed, and its
 * resources stay until its users are gone (section HOT). Thread-safe.
 */
public final class Presence {
  /** An open file of the device, or a file system on it. */
  @FunctionalInterface
  public interface User {
    /** Notifies that the device is gone. Called without a lock of the kernel, possibly twice. */
    void removed();
  }

  @GuardedBy("this")
  private final Set<User> users = Collections.newSetFromMap(new IdentityHashMap<>());

  @GuardedBy("this")
  private Runnable unused = () -> {};

  private volatile boolean gone;

  /** Whether it has ever had a user: files of file systems never have, and are closed often. */
  private volatile boolean used;

  /** Creates a present device without users. */
  Presence() {}

  /** Returns whether it was unplugged. */
  public boolean isGone() {
    return gone;
  }

  /**
   * Checks that the device is present, for an operation of an open file.
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

  /** Removes a user; the last one releases the resources of an unplugged device. */
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
   * Sets the action to run when an unplugged device has no more users: at once if it has none. To
   * be called once.
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
