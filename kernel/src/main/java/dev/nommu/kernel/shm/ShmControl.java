package dev.nommu.kernel.shm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.ShmLimits;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.ipc.ShmUsage;
import dev.nommu.kernel.vfs.Credentials;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations of {@code shmctl}. Each fails with EINVAL for an identifier that was never
 * assigned or whose index is free, and with EIDRM if another segment has its index. Thread-safe.
 */
public final class ShmControl {
  private static final int READ = 0444;

  private final Segments segments;
  private final ShmLimits limits;

  ShmControl(Segments segments, ShmLimits limits) {
    this.segments = segments;
    this.limits = limits;
  }

  static void requireGranted(Credentials credentials, Segment segment, int wanted)
      throws ErrnoException {
    if (!new IpcAccess(segment.permissions(), credentials).isGranted(wanted)) {
      throw new ErrnoException(
          Errno.EACCES,
          "shared memory %d: mode 0%o does not permit this to user %d"
              .formatted(segment.id(), segment.permissions().mode(), credentials.uid()));
    }
  }

  private Segment requireOwned(Credentials credentials, int id) throws ErrnoException {
    Segment segment = segments.require(id);
    if (!new IpcAccess(segment.permissions(), credentials).mayChange()) {
      throw new ErrnoException(
          Errno.EPERM,
          "shared memory %d: belongs to user %d, not to user %d"
              .formatted(id, segment.permissions().uid(), credentials.uid()));
    }
    return segment;
  }

  /** Returns the result of IPC_STAT; EACCES if the caller may not read the segment. */
  public ShmStatus status(Credentials credentials, int id) throws ErrnoException {
    synchronized (segments) {
      return readable(credentials, segments.require(id));
    }
  }

  /**
   * Returns the result of SHM_STAT for the segment at an index of the kernel's table.
   *
   * @param place 0 to {@link ShmUsage#highest()}
   * @throws ErrnoException EINVAL if there is none; EACCES
   */
  public ShmStatus statusAt(Credentials credentials, int place) throws ErrnoException {
    synchronized (segments) {
      return readable(credentials, segments.at(place));
    }
  }

  /** Returns the result of SHM_STAT_ANY, which needs no permission; EINVAL if there is none. */
  public ShmStatus anyStatusAt(int place) throws ErrnoException {
    synchronized (segments) {
      return segments.at(place).status();
    }
  }

  private static ShmStatus readable(Credentials credentials, Segment segment)
      throws ErrnoException {
    requireGranted(credentials, segment, READ);
    return segment.status();
  }

  /**
   * Sets owner and permission bits, as IPC_SET does.
   *
   * @param mode only the lowest nine bits matter
   * @throws ErrnoException EPERM unless the caller owns or created the segment or is the superuser;
   *     EINVAL for an owner of -1
   */
  public void set(Credentials credentials, int id, int uid, int gid, int mode)
      throws ErrnoException {
    synchronized (segments) {
      Segment segment = requireOwned(credentials, id);
      if (uid == -1 || gid == -1) {
        throw new ErrnoException(
            Errno.EINVAL,
            "shmctl(%d, IPC_SET): owner %d:%d: -1 is not a valid ID".formatted(id, uid, gid));
      }
      segment.permissions(permissions -> permissions.withOwner(uid, gid, mode));
      long now = segments.now();
      segment.history(history -> history.changedAt(now));
    }
  }

  /**
   * Removes a segment, as IPC_RMID does: now or with its last attachment (rule SHM-08).
   *
   * @throws ErrnoException EPERM unless the caller owns or created the segment or is the superuser
   */
  public void remove(Credentials credentials, int id) throws ErrnoException {
    synchronized (segments) {
      segments.remove(requireOwned(credentials, id));
    }
  }

  /**
   * Locks a segment in memory, as SHM_LOCK does: it is always there, so only its mode changes
   * (SHM-11).
   *
   * @throws ErrnoException EPERM unless the caller owns or created the segment or is the superuser
   */
  public void lock(Credentials credentials, int id) throws ErrnoException {
    synchronized (segments) {
      requireOwned(credentials, id)
          .permissions(owned -> owned.withMode(owned.mode() | ShmStatus.SHM_LOCKED));
    }
  }

  /** Undoes {@link #lock}, as SHM_UNLOCK does; EPERM in the same case. */
  public void unlock(Credentials credentials, int id) throws ErrnoException {
    synchronized (segments) {
      requireOwned(credentials, id)
          .permissions(owned -> owned.withMode(owned.mode() & ~ShmStatus.SHM_LOCKED));
    }
  }

  /** Returns the limits, as IPC_INFO does. */
  public ShmLimits limits() {
    return limits;
  }

  /** Returns the usage of shared memory, as SHM_INFO does. */
  public ShmUsage usage() {
    synchronized (segments) {
      return segments.usage();
    }
  }

  /** Returns the status of all segments, by ascending index. */
  public List<ShmStatus> all() {
    synchronized (segments) {
      List<ShmStatus> all = new ArrayList<>();
      segments.all().forEach(segment -> all.add(segment.status()));
      return all;
    }
  }

  /** Returns the text of /proc/sysvipc/shm (rule SHM-08). */
  public String table() {
    return ShmTable.of(all());
  }
}
