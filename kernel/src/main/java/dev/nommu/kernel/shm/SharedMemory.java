package dev.nommu.kernel.shm;

import static dev.nommu.kernel.ipc.ShmFlags.IPC_CREAT;
import static dev.nommu.kernel.ipc.ShmFlags.IPC_EXCL;
import static dev.nommu.kernel.ipc.ShmFlags.IPC_PRIVATE;
import static dev.nommu.kernel.ipc.ShmFlags.SHM_EXEC;
import static dev.nommu.kernel.ipc.ShmFlags.SHM_HUGETLB;
import static dev.nommu.kernel.ipc.ShmFlags.SHM_RDONLY;
import static dev.nommu.kernel.ipc.ShmFlags.SHM_REMAP;
import static dev.nommu.kernel.ipc.ShmFlags.SHM_RND;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.kernel.ipc.ShmFlags;
import dev.nommu.kernel.ipc.ShmLimits;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.profile.Difference;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * System V shared memory (section SHM): creates, finds, attaches and detaches segments; {@link
 * #control()} queries and changes them. Thread-safe.
 */
public final class SharedMemory {
  private final Mapper mapper;
  private final Unmapper unmapper;
  private final Profile profile;
  private final Segments segments;
  private final ShmControl control;

  /**
   * Creates the shared memory of one machine.
   *
   * @param files creates the files of the segments
   * @param clock provides the times of {@link ShmStatus.History}
   * @param sanitizer receives each segment that is created, removed or leaked
   */
  public SharedMemory(
      UnlinkedFiles files,
      Vfs vfs,
      Mapper mapper,
      Unmapper unmapper,
      InstantSource clock,
      Profile profile,
      Sanitizer sanitizer) {
    this.mapper = mapper;
    this.unmapper = unmapper;
    this.profile = profile;
    ShmLimits limits = new ShmLimits();
    this.segments = new Segments(files, vfs, limits, clock, sanitizer);
    this.control = new ShmControl(segments, limits);
  }

  /** Returns the files of the segments of this machine. */
  public List<OpenFileDescription> files() {
    synchronized (segments) {
      return segments.all().stream().map(Segment::file).toList();
    }
  }

  /** Destroys all segments when all processes have ended. */
  public void end() {
    segments.end();
  }

  /** Returns the operations of {@code shmctl}. */
  public ShmControl control() {
    return control;
  }

  /**
   * Creates or finds a segment (rules SHM-01 to SHM-03).
   *
   * @param pid the number of the calling process
   * @param size bytes, unsigned
   * @param flags permission bits, {@link ShmFlags#IPC_CREAT}, {@link ShmFlags#IPC_EXCL}
   * @return its identifier
   * @throws ErrnoException ENOENT; EEXIST, EINVAL, EACCES for an existing one; EINVAL, ENOSPC,
   *     EFBIG, ENOMEM for a new one
   */
  public int get(Credentials credentials, int pid, int key, long size, int flags)
      throws ErrnoException {
    synchronized (segments) {
      Optional<Segment> known = key == IPC_PRIVATE ? Optional.empty() : segments.find(key);
      if (known.isPresent()) {
        return existing(credentials, known.get(), size, flags).id();
      }
      if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0) {
        throw failure("SHM-03", Errno.ENOENT, "shmget: no segment with the key 0x%x", key);
      }
      requireOrdinaryPages(flags);
      return segments.make(IpcAccess.ofNew(key, credentials, flags), size, pid).id();
    }
  }

  private static Segment existing(Credentials credentials, Segment segment, long size, int flags)
      throws ErrnoException {
    if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
      throw failure(
          "SHM-03",
          Errno.EEXIST,
          "shmget: a segment with the key 0x%x already exists",
          segment.permissions().key());
    }
    if (Long.compareUnsigned(size, segment.size()) > 0) {
      throw failure(
          "SHM-03",
          Errno.EINVAL,
          "shmget: expected at most the %d bytes of segment %d, found %s",
          segment.size(),
          segment.id(),
          Long.toUnsignedString(size));
    }
    ShmControl.requireGranted(credentials, segment, flags);
    return segment;
  }

  private static void requireOrdinaryPages(int flags) throws ErrnoException {
    if ((flags & SHM_HUGETLB) != 0) {
      throw new ErrnoException(Errno.EINVAL, "shmget: SHM_HUGETLB: no huge pages without an MMU");
    }
  }

  /**
   * Attaches a segment (rules SHM-04 to SHM-06, SHM-09).
   *
   * @param address 0: the address cannot be chosen
   * @param flags {@link ShmFlags#SHM_RDONLY}, SHM_EXEC, SHM_REMAP, SHM_RND
   * @return its address, the same for every process
   * @throws ErrnoException EINVAL, EIDRM, EACCES, ENOMEM; ENODEV always under linux-6.12
   */
  public long attach(Credentials credentials, Caller caller, int id, long address, int flags)
      throws ErrnoException {
    requireSensible(id, address, flags);
    Segment segment = beginAttaching(credentials, id, flags);
    try {
      if (address != 0) {
        throw failure(
            "SHM-05",
            Errno.EINVAL,
            "shmat: segment %d at 0x%x: expected address 0, it cannot be chosen",
            id,
            address);
      }
      return map(caller, segment, flags);
    } finally {
      endAttaching(segment);
    }
  }

  /** Reports errors that do not depend on the segment (rule SHM-04). */
  private static void requireSensible(int id, long address, int flags) throws ErrnoException {
    boolean unaligned = !Page.isAligned(address) && (flags & SHM_RND) == 0;
    boolean nowhere = address == 0 && (flags & SHM_REMAP) != 0;
    if (id < 0 || unaligned || nowhere) {
      throw failure(
          "SHM-04", Errno.EINVAL, "shmat: segment %d at 0x%x with flags 0%o", id, address, flags);
    }
  }

  private Segment beginAttaching(Credentials credentials, int id, int flags) throws ErrnoException {
    synchronized (segments) {
      Segment segment = segments.require(id);
      ShmControl.requireGranted(credentials, segment, protection(flags));
      segment.attachingBegins();
      return segment;
    }
  }

  private void endAttaching(Segment segment) {
    synchronized (segments) {
      segment.attachingEnds();
      segments.dropIfUnused(segment);
    }
  }

  private long map(Caller caller, Segment segment, int flags) throws ErrnoException {
    if (!Difference.SYSV_SHARED_MEMORY_IS_ATTACHED.in(profile)) {
      throw failure(
          "SHM-09", Errno.ENODEV, "shmat: Linux 6.12 cannot attach segments without an MMU");
    }
    MmapArguments request =
        new MmapArguments(
            0, segment.size(), mapped(protection(flags)), MmapArguments.MAP_SHARED, 0);
    Vma mapping = mapper.mapFile(caller, segment, segment.facts(), request, Trail.NONE);
    synchronized (segments) {
      long now = segments.now();
      segment.history(history -> history.attachedBy(caller.pid(), now));
    }
    return mapping.start();
  }

  /** Returns permission bits: 4 for reading, 2 for writing, 1 for executing. */
  private static int protection(int flags) {
    return 4 | ((flags & SHM_RDONLY) == 0 ? 2 : 0) | ((flags & SHM_EXEC) == 0 ? 0 : 1);
  }

  private static int mapped(int permissions) {
    return MmapArguments.PROT_READ
        | ((permissions & 2) == 0 ? 0 : MmapArguments.PROT_WRITE)
        | ((permissions & 1) == 0 ? 0 : MmapArguments.PROT_EXEC);
  }

  /**
   * Detaches the segment that begins at an address (rule SHM-07).
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
                failure("SHM-07", Errno.EINVAL, "shmdt: no attachment begins at 0x%x", address));
    unmapper.unmap(caller, address, Page.align(vma.end() - vma.start()));
  }

  private static boolean isAttachment(Vma vma) {
    return vma.file().filter(Segment.class::isInstance).isPresent();
  }

  static ErrnoException failure(String rule, Errno errno, String message, Object... details) {
    return ErrnoException.byRule(rule, errno, message.formatted(details));
  }
}
