package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AccessMode;
import dev.nommu.api.ConcurrentlyReadableFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.mm.FileHandle;
import dev.nommu.kernel.mm.FilePlans;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.pages.Presence;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file, as {@code struct file}: what descriptors and mappings refer to. Has the position
 * and counts its references; the last release closes the plugin's file. Thread-safe.
 */
public final class OpenFileDescription implements FileHandle, Presence.User {
  private final VfsPath path;
  private final OpenFile file;
  private final FileSlots slots;
  private final Territory territory;
  private final KernelLog log;
  private final FilePlans plans = new FilePlans();
  private final AtomicInteger references = new AtomicInteger(1);
  private final InodeLock lock;
  private final Optional<FileWaits> waits;
  private volatile OpenFlags flags;

  /** Bytes from the start. */
  @GuardedBy("lock")
  private long position;

  OpenFileDescription(
      VfsPath path, OpenFlags flags, OpenFile file, Territory territory, KernelLog log) {
    this.path = path;
    this.lock = path.inode().lock();
    this.flags = flags.ofFile();
    this.file = file;
    this.slots = new FileSlots(path, flags, file);
    this.territory = territory;
    this.log = log;
    this.waits = FileWaits.of(this, file);
    path.mount().fileOpened();
  }

  /** Returns where the file was found. */
  public VfsPath vfsPath() {
    return path;
  }

  /** Returns whether it was opened with O_PATH: a place in the tree without operations. */
  public boolean isPathOnly() {
    return flags.has(OpenFlags.O_PATH);
  }

  /** Returns whether its operations may wait, within {@link #waiting}. */
  public boolean mayWait() {
    return waits.isPresent();
  }

  /**
   * Returns the result of operations of this file, which may wait if {@link #mayWait} says so.
   *
   * @throws ErrnoException EBADF if the file is closed or was closed during a wait, EINTR
   */
  public <T> T waiting(CallableOp<T, ErrnoException> operations) throws ErrnoException {
    return waits.isPresent() ? waits.get().during(operations) : operations.call();
  }

  /** Returns whether it is an end of a pipe. */
  public boolean isPipe() {
    return path.inode().kind() == FileKind.FIFO;
  }

  /** Returns the flags it was opened with, as changed since by {@link #change}. */
  public OpenFlags flags() {
    return flags;
  }

  /**
   * Changes flags, as {@code fcntl(F_SETFL)}; see {@link OpenFlags#changed}.
   *
   * @throws ErrnoException EPERM if O_APPEND is changed for a file that can only grow; EINVAL for
   *     O_DIRECT where it is not supported
   */
  public void change(int bits) throws ErrnoException {
    flags = FlagChecks.changed(this, bits);
  }

  @Override
  public OpenFile operations() {
    return file;
  }

  @Override
  public FileFacts facts() throws ErrnoException {
    return facts(Trail.NONE);
  }

  /**
   * Returns the facts that the planner needs.
   *
   * @param trail receives a failure of the plugin to report them
   * @throws ErrnoException EIO if the plugin fails to report them (rule PLUGIN-01); ENODEV if its
   *     device was unplugged (rule HOT-04)
   */
  public FileFacts facts(Trail trail) throws ErrnoException {
    territory.presence().require(path);
    AccessMode mode = flags.reads() ? flags.access() : AccessMode.WRITE;
    return OpenFacts.of(path, file, mode, trail);
  }

  @Override
  public FilePlans plans() {
    return plans;
  }

  @Override
  public InodeLock lock() {
    return lock;
  }

  @Override
  public FileRegions regions() {
    return path.inode().regions();
  }

  @Override
  public Territory territory() {
    return territory;
  }

  @Override
  public void retain() {
    references.incrementAndGet();
  }

  /**
   * Holds it open until {@link #release}, for a call during which it may be closed.
   *
   * @return this
   * @throws ErrnoException EBADF if it is closed already
   */
  public OpenFileDescription hold() throws ErrnoException {
    if (references.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw closed();
    }
    return this;
  }

  boolean isOpen() {
    return references.get() > 0;
  }

  void requireOpen() throws ErrnoException {
    if (!isOpen()) {
      throw closed();
    }
    territory.presence().require(path);
  }

  @Override
  public void removed() {
    waits.ifPresent(FileWaits::wake);
  }

  private ErrnoException closed() {
    return new ErrnoException(Errno.EBADF, path + " was closed meanwhile");
  }

  @Override
  public void release() {
    if (references.decrementAndGet() == 0 && (waits.isEmpty() || waits.get().abandoned())) {
      close();
    }
  }

  /** Closes the plugin's file; once. */
  void close() {
    path.inode().unlock(this);
    lock.lock();
    try {
      PluginCall.tell(file, "close", file::close);
    } catch (ErrnoException failure) {
      PluginCall.print(log, "close of " + path, failure);
    } finally {
      lock.unlock();
      path.closed(flags);
      territory.presence().leave(this);
    }
  }

  @Override
  public String path() {
    return path.display();
  }

  @Override
  public DeviceNumber device() {
    return path.mount().superBlock().device();
  }

  @Override
  public Object fileKey() {
    return path.inode();
  }

  @Override
  public boolean isInMemory() {
    return path.inode().superBlock().pages() > 0;
  }

  @Override
  public long inodeNumber() {
    return path.inode().number();
  }

  /**
   * Reads at the position and advances it.
   *
   * @return the number of bytes read; 0 at the end
   * @throws ErrnoException EBADF if it is not open for reading, EISDIR, EINVAL without a read
   *     operation, errors of the plugin
   */
  public long read(MemorySegment into) throws ErrnoException {
    lock.lock();
    try {
      requireOpen();
      long count = slots.read(into, position);
      position += count;
      return count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads at a position.
   *
   * @throws ErrnoException as {@link #read(MemorySegment)}; EINVAL if the position is negative
   */
  public long read(MemorySegment into, long at) throws ErrnoException {
    requireSeekable("pread");
    if (file instanceof ConcurrentlyReadableFile && !mayWait()) {
      return readUnlocked(into, at);
    }
    lock.lock();
    try {
      requireOpen();
      return slots.read(into, at);
    } finally {
      lock.unlock();
    }
  }

  /** Reads from a file that guards itself; discards the result if it is closed meanwhile. */
  private long readUnlocked(MemorySegment into, long at) throws ErrnoException {
    requireOpen();
    long count = slots.read(into, at);
    requireOpen();
    return count;
  }

  /**
   * Writes at the position, or at the end with O_APPEND, and advances it.
   *
   * @return the number of bytes written
   * @throws ErrnoException EBADF if it is not open for writing, EINVAL without a write operation,
   *     errors of the plugin
   */
  public long write(MemorySegment from) throws ErrnoException {
    lock.lock();
    try {
      requireOpen();
      long at = flags.has(OpenFlags.O_APPEND) ? slots.appendingAt(position) : position;
      long count = slots.write(from, at);
      position = at + count;
      return count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes at a position; with O_APPEND still at the end, as in Linux.
   *
   * @throws ErrnoException as {@link #write(MemorySegment)}; EINVAL if the position is negative
   */
  public long write(MemorySegment from, long at) throws ErrnoException {
    requireSeekable("pwrite");
    lock.lock();
    try {
      requireOpen();
      return slots.write(from, flags.has(OpenFlags.O_APPEND) ? slots.appendingAt(at) : at);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the position.
   *
   * @return the new position
   * @throws ErrnoException ESPIPE for a pipe, EINVAL for an invalid position, ENXIO for data or a
   *     hole past the end, errors of the plugin
   */
  public long seek(long offset, Whence whence) throws ErrnoException {
    requireSeekable("lseek");
    lock.lock();
    try {
      requireOpen();
      position = slots.seek(new Seek(position, offset, whence));
      return position;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the position, bytes from the start. */
  long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /** Sets the position, without asking the file. */
  void position(long at) {
    lock.lock();
    try {
      position = at;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Performs an ioctl.
   *
   * @throws ErrnoException ENOTTY if the file has no ioctls, errors of the plugin
   */
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    lock.lock();
    try {
      requireOpen();
      return slots.ioctl(command, argument, memory);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes writes durable; for a device also its contents, where the board stores them.
   *
   * @throws ErrnoException EINVAL if it has no such operation, EIO
   */
  public void fsync() throws ErrnoException {
    if (!slots.canSync() && !territory.isDurable()) {
      throw ErrnoException.byRule(
          "FILE-03", Errno.EINVAL, "fsync of " + path + ": it has no fsync operation");
    }
    lock.lock();
    try {
      requireOpen();
      slots.sync();
    } finally {
      lock.unlock();
    }
    territory.sync();
  }

  /** Returns the waiters in it; empty if its operations never wait. */
  Optional<FileWaits> waits() {
    return waits;
  }

  private void requireSeekable(String what) throws ErrnoException {
    if (isPipe()) {
      throw new ErrnoException(Errno.ESPIPE, what + " of " + path + ": it is a pipe");
    }
  }
}
