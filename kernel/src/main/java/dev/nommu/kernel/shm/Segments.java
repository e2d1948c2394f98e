package dev.nommu.kernel.shm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.ipc.ShmFlags;
import dev.nommu.kernel.ipc.ShmLimits;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.ipc.ShmUsage;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of a machine, by identifier and by key. Callers hold its monitor, which is taken
 * before the lock of an inode, never while one is held or a mapping is being made.
 */
final class Segments {
  private final UnlinkedFiles files;
  private final Vfs vfs;
  private final ShmLimits limits;
  private final InstantSource clock;
  private final Sanitizer sanitizer;
  private final IpcIds<Segment> ids = new IpcIds<>();
  private final Map<Integer, Segment> byKey = new HashMap<>();
  private long pages;

  Segments(
      UnlinkedFiles files, Vfs vfs, ShmLimits limits, InstantSource clock, Sanitizer sanitizer) {
    this.sanitizer = sanitizer;
    this.files = files;
    this.vfs = vfs;
    this.limits = limits;
    this.clock = clock;
  }

  /** Returns the name of the file of a segment with a key. */
  static String name(int key) {
    return "SYSV%08x".formatted(key);
  }

  /** Returns the time in seconds since 1970. */
  long now() {
    return clock.instant().getEpochSecond();
  }

  Optional<Segment> find(int key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Returns the segment with an identifier; EINVAL, EIDRM. */
  Segment require(int id) throws ErrnoException {
    return ids.require(id);
  }

  /** Returns the segment at an index of the table; EINVAL. */
  Segment at(int place) throws ErrnoException {
    return ids.at(place);
  }

  Collection<Segment> all() {
    return ids.all();
  }

  ShmUsage usage() {
    return new ShmUsage(ids.size(), pages, ids.highest().orElse(0));
  }

  /**
   * Creates a segment (rules SHM-01, SHM-02).
   *
   * @param permissions including its key
   * @param creator the PID of its creator
   * @throws ErrnoException EINVAL, ENOSPC, EFBIG, ENOMEM
   */
  Segment make(IpcPermissions permissions, long size, int creator) throws ErrnoException {
    requireSize(size);
    OpenFileDescription file = files.create(name(permissions.key()));
    try {
      vfs.truncate(file, size);
      ShmStatus.History history = ShmStatus.History.of(creator, now());
      Segment made =
          ids.add(
              (int) limits.shmmni().value(),
              id -> new Segment(this, id, permissions, size, history, file));
      pages += made.pages();
      if (permissions.key() != ShmFlags.IPC_PRIVATE) {
        byKey.put(permissions.key(), made);
      }
      sanitizer.lent(made);
      return made;
    } catch (Throwable failure) {
      file.release();
      throw failure;
    }
  }

  private void requireSize(long size) throws ErrnoException {
    Sysctl most = limits.shmmax();
    if (size == 0 || Long.compareUnsigned(size, most.value()) > 0) {
      throw ErrnoException.byRule(
          "SHM-01",
          Errno.EINVAL,
          "shmget: expected 1 to %s bytes (shmmax), found %s"
              .formatted(most.text(), Long.toUnsignedString(size)));
    }
    long sum = pages + Page.count(size);
    if (Long.compareUnsigned(sum, limits.shmall().value()) > 0) {
      throw ErrnoException.byRule(
          "SHM-01",
          Errno.ENOSPC,
          "shmget: %d pages with those in use, expected at most %s (shmall)"
              .formatted(sum, limits.shmall().text()));
    }
  }

  /** Removes a segment: at once if it is not attached, else with its last attachment (SHM-08). */
  void remove(Segment segment) {
    byKey.remove(segment.permissions().key(), segment);
    segment.permissions(
        permissions -> permissions.withoutKey().withMode(permissions.mode() | ShmStatus.SHM_DEST));
    dropIfUnused(segment);
  }

  /** Destroys a segment that was removed and is no longer attached. */
  void dropIfUnused(Segment segment) {
    if (segment.mayGo()) {
      destroy(segment);
    }
  }

  private void destroy(Segment segment) {
    if (ids.remove(segment.id())) {
      pages -= segment.pages();
      sanitizer.returned(segment);
      segment.file().release();
    }
  }

  /**
   * Destroys all segments; reports those that were attached and not removed to the sanitizer. Takes
   * the monitor.
   */
  synchronized void end() {
    ids.all().stream().filter(Segment::wasAttached).forEach(sanitizer::left);
    List.copyOf(ids.all()).forEach(this::destroy);
  }

  /** Called when an attachment was removed. Takes the monitor. */
  synchronized void detached(Segment segment, int pid) {
    long now = now();
    segment.history(history -> history.detachedBy(pid, now));
    dropIfUnused(segment);
  }
}
