package dev.nommu.kernel.ipc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.MmapArguments;
import dev.nommu.kernel.mm.Trail;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * System V shared memory (section SHM). Thread-safe; its monitor is never held while something is
 * mapped.
 */
public final class SharedMemory {
  /** IPC_PRIVATE: always a new segment. */
  public static final int IPC_PRIVATE = 0;

  /** IPC_CREAT. */
  public static final int IPC_CREAT = 01000;

  /** IPC_EXCL. */
  public static final int IPC_EXCL = 02000;

  /** SHM_RDONLY. */
  public static final int SHM_RDONLY = 010000;

  /** SHM_RND. */
  public static final int SHM_RND = 020000;

  /** SHM_REMAP. */
  public static final int SHM_REMAP = 040000;

  /** SHM_EXEC. */
  public static final int SHM_EXEC = 0100000;

  /** Segments there can be (kernel.shmmni). */
  private static final int SHMMNI = 4096;

  private static final int PERMISSIONS = 0777;

  private final UnlinkedFiles files;
  private final Vfs vfs;
  private final Mapper mapper;
  private final Unmapper unmapper;
  private final Profile profile;
  private final Map<Integer, Segment> segments = new TreeMap<>();
  private int nextId;

  /** Creates the shared memory of one machine. */
  public SharedMemory(
      UnlinkedFiles files, Vfs vfs, Mapper mapper, Unmapper unmapper, Profile profile) {
    this.files = files;
    this.vfs = vfs;
    this.mapper = mapper;
    this.unmapper = unmapper;
    this.profile = profile;
  }

  /**
   * Makes or finds a segment (rules SHM-01 to SHM-03).
   *
   * @param size bytes
   * @param flags permission bits, {@link #IPC_CREAT}, {@link #IPC_EXCL}
   * @return its identifier
   * @throws ErrnoException EINVAL, ENOENT, EEXIST, EACCES, ENOSPC, EFBIG, ENOMEM
   */
  public synchronized int get(Credentials credentials, int key, long size, int flags)
      throws ErrnoException {
    Optional<Segment> known = key == IPC_PRIVATE ? Optional.empty() : find(key);
    if (known.isPresent()) {
      return existing(credentials, known.get(), size, flags).id();
    }
    if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0) {
      throw failure(Errno.ENOENT, "shmget: no segment has the key 0x%x [SHM-03]", key);
    }
    return make(key, size, flags & PERMISSIONS).id();
  }

  private Optional<Segment> find(int key) {
    return segments.values().stream()
        .filter(segment -> segment.key() == key && segment.state() == Segment.State.ALIVE)
        .findFirst();
  }

  private static Segment existing(Credentials credentials, Segment segment, long size, int flags)
      throws ErrnoException {
    if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
      throw failure(Errno.EEXIST, "shmget: key 0x%x is in use [SHM-03]", segment.key());
    }
    if (size > segment.size()) {
      throw failure(
          Errno.EINVAL,
          "shmget: %d bytes asked for, segment %d has %d [SHM-03]",
          size,
          segment.id(),
          segment.size());
    }
    requirePermission(credentials, segment, flags & PERMISSIONS);
    return segment;
  }

  /** Segments belong to the superuser: others have the last three permission bits. */
  private static void requirePermission(Credentials credentials, Segment segment, int wanted)
      throws ErrnoException {
    int asked = (wanted >>> 6 | wanted >>> 3 | wanted) & 7;
    if (credentials.uid() != 0 && (asked & ~segment.permissions()) != 0) {
      throw failure(
          Errno.EACCES,
          "shared memory %d: mode 0%o does not permit this",
          segment.id(),
          segment.permissions());
    }
  }

  private Segment make(int key, long size, int permissions) throws ErrnoException {
    if (size < 1) {
      throw failure(Errno.EINVAL, "shmget: size %d, expected 1 or more [SHM-01]", size);
    }
    if (segments.size() == SHMMNI) {
      throw failure(Errno.ENOSPC, "shmget: all %d segments are in use [SHM-01]", SHMMNI);
    }
    OpenFileDescription file = files.create("SYSV%08x".formatted(key));
    try {
      vfs.truncate(file, size);
    } catch (ErrnoException noMemory) {
      file.release();
      throw noMemory;
    }
    Segment segment = new Segment(this, nextId++, key, size, permissions, file);
    segments.put(segment.id(), segment);
    return segment;
  }

  private synchronized Segment require(int id) throws ErrnoException {
    Segment segment = segments.get(id);
    if (segment == null) {
      throw failure(Errno.EINVAL, "shared memory %d: there is no such segment [SHM-04]", id);
    }
    return segment;
  }

  /**
   * Attaches a segment (rules SHM-04 to SHM-06, SHM-09).
   *
   * @param address 0: a place cannot be asked for
   * @param flags {@link #SHM_RDONLY}, {@link #SHM_EXEC}, {@link #SHM_REMAP}, {@link #SHM_RND}
   * @return where it is, the same for every process
   * @throws ErrnoException EINVAL, EACCES, ENOMEM; ENODEV always under linux-6.12
   */
  public long attach(Credentials credentials, Caller caller, int id, long address, int flags)
      throws ErrnoException {
    if (id < 0 || address != 0 || (flags & SHM_REMAP) != 0) {
      throw failure(
          Errno.EINVAL,
          "shmat: segment %d at 0x%x: an address cannot be asked for [SHM-05]",
          id,
          address);
    }
    Segment segment = retained(credentials, id, flags);
    try {
      if (!profile.attachesSysvSharedMemory()) {
        throw failure(
            Errno.ENODEV, "shmat: Linux 6.12 cannot attach segments without an MMU [SHM-09]");
      }
      MmapArguments request =
          new MmapArguments(0, segment.size(), protection(flags), MmapArguments.MAP_SHARED, 0);
      return mapper.mapFile(caller, segment, segment.facts(), request, Trail.NONE).start();
    } finally {
      segment.release();
    }
  }

  /** Keeps the segment from being destroyed until it is attached. */
  private synchronized Segment retained(Credentials credentials, int id, int flags)
      throws ErrnoException {
    Segment segment = require(id);
    int wanted = protection(flags);
    requirePermission(
        credentials,
        segment,
        4
            | ((wanted & MmapArguments.PROT_WRITE) != 0 ? 2 : 0)
            | ((wanted & MmapArguments.PROT_EXEC) != 0 ? 1 : 0));
    segment.retain();
    return segment;
  }

  private static int protection(int flags) {
    return MmapArguments.PROT_READ
        | ((flags & SHM_RDONLY) == 0 ? MmapArguments.PROT_WRITE : 0)
        | ((flags & SHM_EXEC) != 0 ? MmapArguments.PROT_EXEC : 0);
  }

  /**
   * Detaches what begins at an address (rule SHM-07).
   *
   * @throws ErrnoException EINVAL if no attachment of the caller begins there
   */
  public void detach(Caller caller, long address) throws ErrnoException {
    Vma vma =
        caller
            .space()
            .find(address)
            .filter(found -> found.start() == address && isAttachment(found))
            .orElseThrow(() ->
                failure(Errno.EINVAL, "shmdt: no attachment begins at 0x%x [SHM-07]", address));
    unmapper.unmap(caller, address, Page.align(vma.end() - vma.start()));
  }

  private static boolean isAttachment(Vma vma) {
    return vma.file().filter(Segment.class::isInstance).isPresent();
  }

  /** Returns what {@code IPC_STAT} says; EINVAL if there is no such segment. */
  public synchronized ShmStatus status(int id) throws ErrnoException {
    return require(id).status();
  }

  /**
   * Removes a segment, now or with its last attachment (rule SHM-08).
   *
   * @throws ErrnoException EINVAL if there is no such segment
   */
  public synchronized void remove(int id) throws ErrnoException {
    Segment segment = require(id);
    segment.doom();
    released(segment);
  }

  /** Destroys a doomed segment that nobody has attached any more. */
  synchronized void released(Segment segment) {
    boolean goes = segment.state() == Segment.State.DOOMED && segment.attachments() == 0;
    if (goes && segments.remove(segment.id()) != null) {
      segment.file().release();
    }
  }

  private static ErrnoException failure(Errno errno, String message, Object... details) {
    return new ErrnoException(errno, message.formatted(details));
  }
}
