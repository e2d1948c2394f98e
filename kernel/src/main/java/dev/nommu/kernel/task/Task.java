package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.signal.WaitStatus;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A process: its memory map, descriptors and working directory, and the system calls. Numbers are
 * Linux's (asm-generic); a call that fails throws {@link ErrnoException}. Any thread may make its
 * calls; they are not ordered with each other.
 */
public final class Task implements AutoCloseable, Tracee {
  private final Subsystems kernel;
  private final TaskLife life;
  private final TreeCalls tree;
  private final DescriptorCalls descriptors;
  private final UnnamedFileCalls unnamedFiles;
  private final MappingCalls mappings;
  private final ProcessCalls processes;
  private final VectorCalls vectors;
  private final TimeCalls time;
  private final IpcCalls ipc;
  private final PtraceCalls ptrace;
  private final UserMemory ioctlMemory;
  private final Programs programs;

  Task(TaskLife life, TaskTable tasks, Subsystems kernel) {
    this.life = life;
    this.kernel = kernel;
    this.tree = new TreeCalls(life, kernel);
    this.descriptors = new DescriptorCalls(life, kernel);
    this.unnamedFiles = new UnnamedFileCalls(life, kernel);
    this.mappings = new MappingCalls(life, kernel);
    SignalCalls signals = new SignalCalls(life, tasks.processes(), kernel.clock());
    ExecCall exec = new ExecCall(life, mappings, kernel);
    this.processes = new ProcessCalls(life, tasks, exec, signals, this);
    this.vectors = new VectorCalls(life, kernel);
    this.time = new TimeCalls(life, kernel.clock(), kernel.parts().alarms());
    this.ipc = new IpcCalls(life, mappings, tasks, kernel);
    this.ptrace = new PtraceCalls(life, tasks, kernel);
    this.programs = tasks.programs();
    this.ioctlMemory = new ReachedMemory(life, kernel).toStore();
  }

  /** Returns the number of its process: {@code getpid}. */
  public int pid() {
    return life.group().pid();
  }

  /** Returns the number of this task, for the first task that of the process: {@code gettid}. */
  @Override
  public int tid() {
    return life.tid();
  }

  /** Returns its name, as {@code comm}. */
  public String name() {
    return life.name();
  }

  /** Returns its mappings. */
  public MemoryMap memoryMap() {
    return life.belongings().space();
  }

  AddressSpace addressSpace() {
    return life.belongings().space();
  }

  TaskLife life() {
    return life;
  }

  /** Returns a program as it runs on a thread of this task. */
  Callable<Integer> toRun(Program program) {
    return () -> program.run(this);
  }

  /** Returns the tracer and the debugger of its machine code. */
  public Programs programs() {
    return programs;
  }

  /** Returns the calls that name a path. */
  public TreeCalls tree() {
    return tree;
  }

  /** Returns the calls about processes. */
  public ProcessCalls processes() {
    return processes;
  }

  /** Returns the calls that create unnamed files. */
  public UnnamedFileCalls unnamedFiles() {
    return unnamedFiles;
  }

  /** Returns the rarer calls about descriptors. */
  public DescriptorCalls descriptors() {
    return descriptors;
  }

  /** Returns the calls that read and write several pieces of memory. */
  public VectorCalls vectors() {
    return vectors;
  }

  /** Returns the calls about time. */
  public TimeCalls time() {
    return time;
  }

  /**
   * Creates a child with an empty memory map, as {@code vfork} and {@code exec} together do: it
   * inherits the descriptors without FD_CLOEXEC, the working directory, the personality and the
   * ignored signals (rule FORK-06). It is driven from outside: the caller makes its calls.
   *
   * @throws IllegalStateException if this task has ended, or the machine is closed; the cause is
   *     ESRCH
   */
  public Task spawn(String childName) {
    return processes.spawn(childName, Optional.empty());
  }

  /** Creates a child as {@link #spawn(String)} that runs a program. */
  public Task spawn(String childName, Program program) {
    return processes.spawn(childName, Optional.of(program));
  }

  /** Ends the process with status 0; see {@link #exit(int)}. */
  public void exit() {
    exit(0);
  }

  /**
   * Ends the process with all its threads, and releases its files, mappings and other resources. On
   * the thread of its program this does not return; elsewhere it returns when the task has ended,
   * and does nothing if it had already ended.
   *
   * @param code the parent receives its low 8 bits
   */
  public void exit(int code) {
    life.exit(new WaitStatus.Exited(code));
  }

  @Override
  public void close() {
    exit();
  }

  /**
   * Waits until the task has ended, or for the first task of a process, until the process has; for
   * a caller outside the machine. A program waits for its children with {@link
   * ProcessCalls#waitpid(int)}.
   */
  public WaitStatus join() throws InterruptedException {
    return life.join();
  }

  /** Returns how the task ended, or empty while it exists. */
  public Optional<WaitStatus> status() {
    return life.status();
  }

  /** Returns the exception that crashed its program, or empty. */
  public Optional<Throwable> failure() {
    return life.failure();
  }

  /** Returns what each thread in the task's calls waits for in the kernel; or empty. */
  public List<String> waitsFor() {
    return life.sleeper().waitsFor();
  }

  /**
   * Opens a file.
   *
   * @param flags O bits
   * @param permissions mode bits for a new file
   * @return the lowest free descriptor
   * @throws ErrnoException as {@link dev.nommu.kernel.vfs.Opener#open}; EMFILE
   */
  public int open(String path, int flags, int permissions) throws ErrnoException {
    return tree.open(path, flags, permissions);
  }

  /** Opens an existing file; see {@link #open(String, int, int)}. */
  public int open(String path, int flags) throws ErrnoException {
    return open(path, flags, 0);
  }

  /** Returns another descriptor for the same open file; EBADF, EMFILE. */
  public int dup(int descriptor) throws ErrnoException {
    return descriptors.duplicate(descriptor);
  }

  /** Closes a descriptor; EBADF. Mappings stay. */
  public void close(int descriptor) throws ErrnoException {
    descriptors.close(descriptor);
  }

  /**
   * Reads at the position.
   *
   * @return bytes, 0 at the end
   * @throws ErrnoException EBADF, EISDIR, EINVAL, EIO
   */
  public long read(int descriptor, MemorySegment into) throws ErrnoException {
    return descriptors.read(descriptor, into);
  }

  /** Reads at a position, which does not move; EBADF, EISDIR, EINVAL, ESPIPE, EIO. */
  public long pread(int descriptor, MemorySegment into, long position) throws ErrnoException {
    return descriptors.read(descriptor, into, position);
  }

  /**
   * Writes at the position.
   *
   * @return bytes
   * @throws ErrnoException EBADF, EINVAL, ENOSPC, EFBIG, EIO; EPIPE with the signal SIGPIPE;
   *     EAGAIN, EINTR
   */
  public long write(int descriptor, MemorySegment from) throws ErrnoException {
    return descriptors.write(descriptor, from);
  }

  /** Writes at a position, which does not move; EBADF, EINVAL, ENOSPC, EFBIG, EIO, ESPIPE. */
  public long pwrite(int descriptor, MemorySegment from, long position) throws ErrnoException {
    return descriptors.write(descriptor, from, position);
  }

  /** Moves the position and returns it; EBADF, ESPIPE, EINVAL. */
  public long lseek(int descriptor, long offset, Whence whence) throws ErrnoException {
    return descriptors.seek(descriptor, offset, whence);
  }

  /** Sets the size of an open file; EBADF, EINVAL, ETXTBSY (rule TRUNC-06), EFBIG, ENOMEM. */
  public void ftruncate(int descriptor, long size) throws ErrnoException {
    descriptors.truncate(descriptor, size);
  }

  /** Returns what {@code fstat} says of an open file; EBADF. */
  public FileStatus fstat(int descriptor) throws ErrnoException {
    return descriptors.status(descriptor);
  }

  /** Performs an ioctl; EBADF, ENOTTY, EFAULT, errors of the driver. */
  public long ioctl(int descriptor, int command, long argument) throws ErrnoException {
    return descriptors.ioctl(descriptor, command, argument, ioctlMemory);
  }

  /**
   * Maps a file or zeroed memory.
   *
   * @param address 0; others are refused by the document, ignored by 6.12 (rule MMAP-05)
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

  /** Maps as {@link #mmap(long, long, int, int, int, long)}, with the decision for a trail. */
  public long mmap(
      long address,
      long length,
      int protection,
      int flags,
      int descriptor,
      long offset,
      Trail trail)
      throws ErrnoException {
    return mappings.map(address, length, protection, flags, descriptor, offset, trail);
  }

  /** Removes a mapping, or pages of an anonymous one; EINVAL as section UNMAP says. */
  public void munmap(long address, long length) throws ErrnoException {
    mappings.unmap(address, length);
  }

  /**
   * Resizes a mapping in place and returns its address; EINVAL, EPERM, ENOMEM (section REMAP).
   *
   * @param newAddress used only with MREMAP_FIXED
   */
  public long mremap(long address, long oldLength, long newLength, int flags, long newAddress)
      throws ErrnoException {
    return mappings.remap(address, oldLength, newLength, flags, newAddress);
  }

  /** Sets the end of the heap if possible, and returns it (rule BRK-01). */
  public long brk(long end) {
    return addressSpace().brk(end);
  }

  /** Makes a call that this kernel lacks; always ENOSYS. */
  @SuppressWarnings("DoNotCallSuggester") // the call exists, its result is an error
  public long call(AbsentCall absent) throws ErrnoException {
    throw absent.failure();
  }

  /** Returns loads and stores of single words, such as registers. */
  public WordCalls words() {
    return new WordCalls(life, kernel);
  }

  /** Returns the calls for System V shared memory and futexes. */
  public IpcCalls ipc() {
    return ipc;
  }

  /** Returns the calls to trace another process. */
  public PtraceCalls ptrace() {
    return ptrace;
  }

  /** Returns the call that maps a file for the lifetime of an arena. */
  public ArenaCalls arenas() {
    return new ArenaCalls(life, kernel);
  }

  /**
   * Returns memory by address, the caller's or any other: loads and stores through the segment go
   * straight to the memory, unchecked. A sanitizer cannot see them, and counts this call as a load.
   *
   * @throws MemoryFault if it is not contiguous plain memory
   */
  public MemorySegment memory(long address, long length) throws MemoryFault {
    MemorySegment memory = kernel.memory().at(address, length);
    kernel.sanitizer().loaded(life, address, length);
    return memory;
  }

  /**
   * Loads bytes from anywhere. From plain memory they are copied. A device that answers each load
   * receives loads of 1, 2, 4 or 8 bytes, each the widest that is naturally aligned and within the
   * range. {@link #words} has loads of one word.
   *
   * @throws MemoryFault at the first address where nothing answers, or the device fails
   */
  public void load(long address, MemorySegment into) throws MemoryFault {
    try {
      kernel.memory().load(address, into, kernel.sanitizer(), life);
    } catch (MemoryFault fault) {
      throw life.entry().noted(fault);
    }
  }

  @Override
  public void peek(long address, MemorySegment into) throws MemoryFault {
    into.copyFrom(kernel.memory().at(address, into.byteSize()));
  }

  /**
   * Stores bytes anywhere, even where they do not belong: there is no protection. A device receives
   * words, as for {@link #load}.
   *
   * @throws MemoryFault as for {@link #load}; the bytes below it are stored
   */
  public void store(long address, MemorySegment from) throws MemoryFault {
    try {
      kernel.memory().store(address, from, kernel.sanitizer(), life);
    } catch (MemoryFault fault) {
      throw life.entry().noted(fault);
    }
  }

  /** Returns memory and time for one hart of this task, to be used on its thread. */
  public ProcessorMemory processorMemory() {
    return new HartMemory(life, processes.timeslice(), kernel);
  }

  /** Returns the mapping of this process that contains an address, or empty. */
  public Optional<Mapping> mapping(long address) {
    return addressSpace().find(address).map(Mapping.class::cast);
  }
}
