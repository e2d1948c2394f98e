package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.profile.Difference;

/** The calls of a task that create unnamed files. Any thread may make them. */
public final class UnnamedFileCalls {
  private static final int MFD_CLOEXEC = 1;

  /** MFD_CLOEXEC, MFD_ALLOW_SEALING, MFD_NOEXEC_SEAL and MFD_EXEC. */
  private static final int MFD_HUGETLB = 4;

  private static final int MFD_HUGE_MASK = 0x3f << 26;
  private static final int MFD_FLAGS = 0x1b;

  private static final int PERMISSIONS = 0600;
  private static final int MFD_NAME_MAX = 249;

  private final TaskLife life;
  private final SyscallEntry entry;
  private final Subsystems kernel;

  UnnamedFileCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    this.entry = life.entry();
    this.kernel = kernel;
  }

  /**
   * The descriptors of a pipe.
   *
   * @param read the end to read from
   * @param write the end to write to
   */
  public record PipeDescriptors(int read, int write) {}

  /** Creates a pipe; see {@link #pipe2}. */
  public PipeDescriptors pipe() throws ErrnoException {
    return pipe2(0);
  }

  /**
   * Creates a pipe (pipe(7)).
   *
   * @param flags O_NONBLOCK: reads and writes return EAGAIN instead of waiting; O_CLOEXEC
   * @throws ErrnoException EINVAL for another flag, EMFILE, ENOMEM
   */
  public PipeDescriptors pipe2(int flags) throws ErrnoException {
    if ((flags & ~(OpenFlags.O_NONBLOCK | OpenFlags.O_CLOEXEC)) != 0) {
      throw new ErrnoException(Errno.EINVAL, "pipe2: flags 0%o".formatted(flags));
    }
    try (Callers.Call _ = entry.enter()) {
      return life.belongings()
          .files()
          .add(
              kernel.unlinkedFiles().pipe(OpenFlags.ofBits(flags)),
              FileTable.OnExec.closedIf(flags, OpenFlags.O_CLOEXEC));
    }
  }

  /**
   * Creates an unnamed file in memory, open for reading and writing (rule PSHM-03).
   *
   * @param flags MFD bits
   * @return a descriptor
   * @throws ErrnoException EINVAL for unknown flags or a name of over 249 bytes, ENOSYS for
   *     MFD_HUGETLB, EMFILE; EFBIG always under linux-6.12
   */
  public int memfdCreate(String fileName, int flags) throws ErrnoException {
    int length = FileNames.length(fileName);
    boolean huge = (flags & MFD_HUGETLB) != 0;
    int known = huge ? MFD_FLAGS | MFD_HUGETLB | MFD_HUGE_MASK : MFD_FLAGS;
    if ((flags & ~known) != 0 || length > MFD_NAME_MAX) {
      throw new ErrnoException(
          Errno.EINVAL, "memfd_create: flags 0x%x, name of %d bytes".formatted(flags, length));
    }
    if (huge) {
      throw ErrnoException.byRule(
          "PSHM-03", Errno.ENOSYS, "memfd_create: there are no huge pages without an MMU");
    }
    if (!Difference.MEMFD_IS_CREATED.in(kernel.profile())) {
      throw ErrnoException.byRule(
          "PSHM-03", Errno.EFBIG, "memfd_create: Linux 6.12 cannot without an MMU");
    }
    try (Callers.Call _ = entry.enter()) {
      return life.belongings()
          .files()
          .add(
              kernel.unlinkedFiles().create("memfd:" + fileName),
              FileTable.OnExec.closedIf(flags, MFD_CLOEXEC));
    }
  }

  /**
   * Opens an unnamed file whose operations are those of a Java object, as {@code anon_inode_getfd}:
   * for example a host stream as the standard input of a program. Programs may see it as the end of
   * a pipe: read or written, polled, and without a position.
   *
   * @param fileName its name in {@code /proc/PID/fd}
   * @param file closed with the last descriptor
   * @param flags an access mode, and O_NONBLOCK or O_CLOEXEC
   * @return a descriptor
   * @throws ErrnoException EMFILE, ENOMEM
   */
  public int open(String fileName, OpenFile file, int flags) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      return life.belongings()
          .files()
          .add(
              kernel
                  .unlinkedFiles()
                  .made(fileName, NewInode.fifo(PERMISSIONS), file, OpenFlags.ofBits(flags)),
              FileTable.OnExec.closedIf(flags, OpenFlags.O_CLOEXEC));
    }
  }
}
