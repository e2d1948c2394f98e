package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.FileFacts;
import dev.nommu.kernel.mm.MmapArguments;
import dev.nommu.kernel.mm.Rule;
import dev.nommu.kernel.mm.Trail;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.proc.CurrentProcess;
import dev.nommu.kernel.proc.ProcessInfo;
import dev.nommu.kernel.vfs.FileStatus;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.OpenFileDescription.Whence;
import dev.nommu.kernel.vfs.OpenFlags;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process: a memory map, descriptors and a working directory of its own, and the system calls.
 * Numbers are Linux's (asm-generic); a call that fails throws {@link ErrnoException}. Any thread
 * may make its calls; they are not ordered with each other.
 */
public final class Task implements ProcessInfo, AutoCloseable {
  /** MFD_CLOEXEC, MFD_ALLOW_SEALING, MFD_NOEXEC_SEAL and MFD_EXEC. */
  private static final int MFD_FLAGS = 0x1b;

  private static final int MFD_NAME_MAX = 249;

  private final int pid;
  private final String name;
  private final Machine machine;
  private final Subsystems kernel;
  private final AddressSpace space;
  private final FileTable files;
  private final TreeCalls tree;
  private final AtomicBoolean exited = new AtomicBoolean();
  private volatile long personality;
  private volatile boolean traced;

  Task(
      int pid,
      String name,
      Machine machine,
      Subsystems kernel,
      AddressSpace space,
      FileTable files,
      FsContext context) {
    this.pid = pid;
    this.name = name;
    this.machine = machine;
    this.kernel = kernel;
    this.files = files;
    this.tree = new TreeCalls(pid, kernel, context);
    this.space = space;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AddressSpace addressSpace() {
    return space;
  }

  /** Returns the calls that name a path. */
  public TreeCalls tree() {
    return tree;
  }

  /**
   * Makes a process with an empty memory map that inherits descriptors and working directory: what
   * {@code vfork} and {@code exec} together come to.
   */
  public Task spawn(String childName) {
    return machine.start(childName, machine.newAddressSpace(), files.copy(), tree.context());
  }

  /**
   * Makes a process that shares this memory map, as {@code clone} with CLONE_VM; no mapping is
   * copied (rule FORK-05).
   *
   * @param flags CLONE bits
   * @throws ErrnoException EINVAL without CLONE_VM and for flags that contradict each other (rules
   *     FORK-03, FORK-04)
   */
  public Task clone(long flags) throws ErrnoException {
    CloneFlags.check(flags);
    space.share();
    return machine.start(name, space, files.copy(), tree.context());
  }

  /**
   * Does not make a process: without an MMU there is no {@code fork} (rule FORK-01).
   *
   * @throws ErrnoException EINVAL, always
   */
  @SuppressWarnings("DoNotCallSuggester") // the call there is, its result is an error
  public Task fork() throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "fork: there is none without an MMU [FORK-01]");
  }

  /** Ends the process: its mappings and files go. A second time nothing happens. */
  public void exit() {
    if (exited.getAndSet(true)) {
      return;
    }
    if (space.leave() == 0) {
      kernel.unmapper().unmapAll(space);
    }
    files.closeAll();
    machine.ended(this);
  }

  /** The same as {@link #exit}. */
  @Override
  public void close() {
    exit();
  }

  /**
   * Opens a file.
   *
   * @param flags O bits
   * @param permissions mode bits for a file that is made
   * @return the lowest free descriptor
   * @throws ErrnoException as {@link dev.nommu.kernel.vfs.Opener#open}; EMFILE
   */
  public int open(String path, int flags, int permissions) throws ErrnoException {
    return files.add(
        CurrentProcess.as(
            pid,
            () -> kernel.opener().open(tree.context(), path, new OpenFlags(flags), permissions)));
  }

  /** Opens a file that is there; see {@link #open(String, int, int)}. */
  public int open(String path, int flags) throws ErrnoException {
    return open(path, flags, 0);
  }

  /** Returns another descriptor for the same open file; EBADF, EMFILE. */
  public int dup(int descriptor) throws ErrnoException {
    OpenFileDescription file = files.require(descriptor);
    file.retain();
    return files.add(file);
  }

  /** Closes a descriptor; EBADF. Mappings stay. */
  public void close(int descriptor) throws ErrnoException {
    files.close(descriptor);
  }

  /**
   * Reads from the position on.
   *
   * @return bytes, 0 at the end
   * @throws ErrnoException EBADF, EISDIR, EINVAL, EIO
   */
  public long read(int descriptor, MemorySegment into) throws ErrnoException {
    return files.requireUsable(descriptor).read(into);
  }

  /** Reads at a position, which does not move; EBADF, EISDIR, EINVAL, ESPIPE, EIO. */
  public long pread(int descriptor, MemorySegment into, long position) throws ErrnoException {
    return files.requireUsable(descriptor).read(into, position);
  }

  /**
   * Writes at the position.
   *
   * @return bytes
   * @throws ErrnoException EBADF, EINVAL, ENOSPC, EFBIG, EIO, EPIPE
   */
  public long write(int descriptor, MemorySegment from) throws ErrnoException {
    return files.requireUsable(descriptor).write(from);
  }

  /** Writes at a position, which does not move; EBADF, EINVAL, ENOSPC, EFBIG, EIO, ESPIPE. */
  public long pwrite(int descriptor, MemorySegment from, long position) throws ErrnoException {
    return files.requireUsable(descriptor).write(from, position);
  }

  /** Moves the position and returns it; EBADF, ESPIPE, EINVAL. */
  public long lseek(int descriptor, long offset, Whence whence) throws ErrnoException {
    return files.requireUsable(descriptor).seek(offset, whence);
  }

  /** Sets the size of an open file; EBADF, EINVAL, ETXTBSY (rule TRUNC-06), EFBIG, ENOMEM. */
  public void ftruncate(int descriptor, long size) throws ErrnoException {
    kernel.vfs().truncate(files.requireUsable(descriptor), size);
  }

  /** Returns what {@code fstat} says of an open file; EBADF. */
  public FileStatus fstat(int descriptor) throws ErrnoException {
    return kernel.vfs().status(files.require(descriptor));
  }

  /** Keeps what was written to a file; EBADF, EIO. */
  public void fsync(int descriptor) throws ErrnoException {
    files.requireUsable(descriptor).fsync();
  }

  /** Carries out an ioctl; EBADF, ENOTTY, EFAULT, what the driver says. */
  public long ioctl(int descriptor, int command, long argument) throws ErrnoException {
    return ioctl(descriptor, command, argument, machine.userMemory());
  }

  /** Carries out an ioctl whose argument points into memory that is not the machine's. */
  public long ioctl(int descriptor, int command, long argument, UserMemory memory)
      throws ErrnoException {
    return files.requireUsable(descriptor).ioctl(command, argument, memory);
  }

  /**
   * Allocates room in a file, as {@code fallocate}.
   *
   * @throws ErrnoException EBADF, EINVAL for a bad range, ESPIPE for a pipe, ENODEV for what is no
   *     regular file; else EOPNOTSUPP: no file system here has it
   */
  public void fallocate(int descriptor, int mode, long offset, long length) throws ErrnoException {
    kernel.vfs().allocate(files.requireUsable(descriptor), mode, offset, length);
  }

  /**
   * Maps a file or zeroed memory.
   *
   * @param address 0; another one is refused by the document, ignored by 6.12 (rule MMAP-05)
   * @param length bytes, rounded up to pages
   * @param protection PROT bits; nothing enforces them
   * @param flags MAP bits
   * @param descriptor an open file, ignored with MAP_ANONYMOUS
   * @param offset bytes, a multiple of the page size
   * @return the address of the first byte
   * @throws ErrnoException as sections MMAP, SHARE, DIR, COPY and ANON of {@code docs/RULES.md} say
   */
  public long mmap(
      long address, long length, int protection, int flags, int descriptor, long offset)
      throws ErrnoException {
    return mmap(address, length, protection, flags, descriptor, offset, Trail.NONE);
  }

  /** Maps as {@link #mmap(long, long, int, int, int, long)}, and tells a trail why. */
  public long mmap(
      long address,
      long length,
      int protection,
      int flags,
      int descriptor,
      long offset,
      Trail trail)
      throws ErrnoException {
    if (!Page.isAligned(offset)) {
      trail.refused(Rule.MMAP_02, Errno.EINVAL);
      throw new ErrnoException(
          Errno.EINVAL, "mmap: offset 0x%x is not a multiple of 4096 [MMAP-02]".formatted(offset));
    }
    MmapArguments request =
        new MmapArguments(address, length, protection, flags, offset >>> Page.SHIFT);
    return request.anonymous()
        ? kernel.mapper().mapAnonymous(caller(), request, trail).start()
        : mapFile(request, descriptor, trail).start();
  }

  private Vma mapFile(MmapArguments request, int descriptor, Trail trail) throws ErrnoException {
    OpenFileDescription file;
    try {
      file = files.requireUsable(descriptor);
    } catch (ErrnoException notOpen) {
      trail.refused(Rule.MMAP_01, notOpen.errno());
      throw notOpen;
    }
    FileFacts facts = traced ? file.facts(trail).with(FileFacts.Trait.TRACED) : file.facts(trail);
    Vma mapping = kernel.mapper().mapFile(caller(), file, facts, request, trail);
    kernel.sanitizer().mapped(mapping);
    return mapping;
  }

  Caller caller() {
    return new Caller(space, pid, name);
  }

  /**
   * Removes a mapping, or a part of an anonymous one.
   *
   * @param length bytes, rounded up to pages
   * @throws ErrnoException EINVAL as section UNMAP says
   */
  public void munmap(long address, long length) throws ErrnoException {
    kernel.unmapper().unmap(caller(), address, length);
  }

  /**
   * Resizes a mapping in place.
   *
   * @param flags MREMAP bits
   * @param newAddress looked at with MREMAP_FIXED only
   * @return the address
   * @throws ErrnoException EINVAL, EPERM, ENOMEM as section REMAP says
   */
  public long mremap(long address, long oldLength, long newLength, int flags, long newAddress)
      throws ErrnoException {
    return kernel.remapper().remap(caller(), address, oldLength, newLength, flags, newAddress);
  }

  /** Sets the end of the heap if that can be, and returns it (rule BRK-01). */
  public long brk(long end) {
    return space.brk(end);
  }

  /** Sets the personality and returns the former one; no bit of it has an effect. */
  public long personality(long bits) {
    long former = personality;
    if (bits != 0xffff_ffffL) {
      personality = bits;
    }
    return former;
  }

  /**
   * Makes a call that this kernel does not have.
   *
   * @throws ErrnoException ENOSYS, always
   */
  @SuppressWarnings("DoNotCallSuggester") // the call there is, its result is an error
  public long call(AbsentCall absent) throws ErrnoException {
    throw new ErrnoException(
        Errno.ENOSYS, absent + ": there is no such call without an MMU [NOSYS-01]");
  }

  /**
   * Makes a file in memory that has no name, open for reading and writing (rule PSHM-03).
   *
   * @param flags MFD bits
   * @return a descriptor
   * @throws ErrnoException EINVAL for unknown flags or a name of over 249 bytes, EMFILE; EFBIG
   *     always under linux-6.12
   */
  public int memfdCreate(String fileName, int flags) throws ErrnoException {
    int length = fileName.getBytes(StandardCharsets.UTF_8).length;
    if ((flags & ~MFD_FLAGS) != 0 || length > MFD_NAME_MAX) {
      throw new ErrnoException(
          Errno.EINVAL, "memfd_create: flags 0x%x, name of %d bytes".formatted(flags, length));
    }
    if (!kernel.profile().createsMemfd()) {
      throw new ErrnoException(
          Errno.EFBIG, "memfd_create: Linux 6.12 cannot without an MMU [PSHM-03]");
    }
    return files.add(kernel.unlinkedFiles().create("memfd:" + fileName));
  }

  /** Returns the calls of System V shared memory and of futexes. */
  public IpcCalls ipc() {
    return new IpcCalls(this, kernel);
  }

  /** Lets the process be traced: what it maps from now on is shared with nobody (FLAGS-08). */
  public void traceMe() {
    traced = true;
  }

  /**
   * Returns memory by address, the caller's or anybody's: loads and stores through the segment are
   * the memory's own and nothing checks them.
   *
   * @throws MemoryFault if it is not plain memory in one piece
   */
  public MemorySegment memory(long address, long length) throws MemoryFault {
    return kernel.memory().at(address, length);
  }

  /** Loads bytes from anywhere, also from a device that answers each load. */
  public void load(long address, MemorySegment into) throws MemoryFault {
    kernel.memory().load(address, into, kernel.sanitizer(), space);
  }

  /** Stores bytes anywhere, also where they do not belong: there is no protection. */
  public void store(long address, MemorySegment from) throws MemoryFault {
    kernel.memory().store(address, from, kernel.sanitizer(), space);
  }

  /** Returns the mapping of this process that contains an address, or empty. */
  public Optional<Vma> mapping(long address) {
    return space.find(address);
  }
}
