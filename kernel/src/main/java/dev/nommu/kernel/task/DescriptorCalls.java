package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.vfs.Allocation;
import dev.nommu.kernel.vfs.AttributeOperations;
import dev.nommu.kernel.vfs.Flock;
import dev.nommu.kernel.vfs.Getdents;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.Sendfile;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of a task on a descriptor, except the most frequent ones, which {@link Task} itself
 * has. Any thread may make them.
 */
public final class DescriptorCalls {
  /**
   * Command of {@link #fcntl}: returns another descriptor, the lowest free one from a number on.
   */
  public static final int F_DUPFD = 0;

  /** Command of {@link #fcntl}: F_DUPFD, and exec closes the new descriptor. */
  public static final int F_DUPFD_CLOEXEC = 1030;

  /** Command of {@link #fcntl}: returns the flags of a descriptor. */
  public static final int F_GETFD = 1;

  /** Command of {@link #fcntl}: sets the flags of a descriptor. */
  public static final int F_SETFD = 2;

  /** Command of {@link #fcntl}: returns the flags of an open file. */
  public static final int F_GETFL = 3;

  /** Command of {@link #fcntl}: sets the flags of an open file. */
  public static final int F_SETFL = 4;

  private static final int F_GETLK = 5;
  private static final int F_SETLK = 6;
  private static final int F_SETLKW = 7;

  /** The one flag of a descriptor: exec closes it. */
  public static final int FD_CLOEXEC = 1;

  private static final int PERMISSIONS = 07777;

  private final TaskLife life;
  private final SyscallEntry entry;
  private final Subsystems kernel;

  DescriptorCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    this.entry = life.entry();
    this.kernel = kernel;
  }

  /** Makes a call to a file that may wait for other processes. */
  private <T> T waiting(OpenFileDescription file, CallableOp<T, ErrnoException> call)
      throws ErrnoException {
    return entry.call(() -> file.waiting(call));
  }

  /** See {@link Task#read}. */
  long read(int descriptor, MemorySegment into) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      OpenFileDescription file = usable(descriptor);
      return file.mayWait() ? waiting(file, () -> file.read(into)) : readNow(file, into);
    }
  }

  private long readNow(OpenFileDescription file, MemorySegment into) throws ErrnoException {
    try {
      return file.read(into);
    } catch (ErrnoException failure) {
      throw entry.noted(failure);
    }
  }

  /**
   * See {@link Task#pread}. A file that guards itself is read without the lock of its inode, so
   * that only the note of the call keeps the machine's memory until it is over.
   */
  long read(int descriptor, MemorySegment into, long at) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      OpenFileDescription file = usable(descriptor);
      return file.mayWait() ? waiting(file, () -> file.read(into, at)) : readAt(file, into, at);
    }
  }

  private long readAt(OpenFileDescription file, MemorySegment into, long at) throws ErrnoException {
    try {
      return file.read(into, at);
    } catch (ErrnoException failure) {
      throw entry.noted(failure);
    }
  }

  /** See {@link Task#write}. */
  long write(int descriptor, MemorySegment from) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      OpenFileDescription file = usable(descriptor);
      return file.mayWait()
          ? waiting(file, () -> written(file, () -> file.write(from)))
          : writeNow(file, from);
    }
  }

  private long writeNow(OpenFileDescription file, MemorySegment from) throws ErrnoException {
    try {
      return file.write(from);
    } catch (ErrnoException failure) {
      throw entry.noted(failure);
    }
  }

  /** Also sends the caller SIGPIPE if a pipe has no reader. */
  private long written(OpenFileDescription file, CallableOp<Long, ErrnoException> writing)
      throws ErrnoException {
    try {
      return writing.call();
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.EPIPE && file.isPipe()) {
        life.sendItself(Signal.SIGPIPE);
      }
      throw failure;
    }
  }

  /** See {@link Task#pwrite}. */
  long write(int descriptor, MemorySegment from, long at) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      OpenFileDescription file = usable(descriptor);
      return file.mayWait() ? waiting(file, () -> file.write(from, at)) : writeAt(file, from, at);
    }
  }

  private long writeAt(OpenFileDescription file, MemorySegment from, long at)
      throws ErrnoException {
    try {
      return file.write(from, at);
    } catch (ErrnoException failure) {
      throw entry.noted(failure);
    }
  }

  /**
   * Waits until one of several files is ready, as {@code ppoll} without a mask.
   *
   * @param timeout by the machine's clock; empty to wait indefinitely
   * @return the events of each, in order: some of those requested, ERR, HUP, NVAL if it is not
   *     open; all empty if the timeout expired first
   * @throws ErrnoException EINTR if a signal came first; EINVAL for a negative timeout or more
   *     entries than a process can have descriptors; EIO if a driver cannot report its state
   */
  public List<Set<PollEvent>> poll(List<PollFd> entries, Optional<Duration> timeout)
      throws ErrnoException {
    return entry.call(() -> new PollCall(life.belongings().files(), entries).await(timeout));
  }

  /** Waits as {@link #poll(List, Optional)} with another signal mask, as {@code ppoll}. */
  public List<Set<PollEvent>> poll(
      List<PollFd> entries, Optional<Duration> timeout, SignalSet blocked) throws ErrnoException {
    PollCall call = new PollCall(life.belongings().files(), entries);
    return entry.call(
        () -> life.group().signals().of(life).blocking(blocked, () -> call.await(timeout)));
  }

  /** See {@link Task#lseek}. */
  long seek(int descriptor, long offset, Whence whence) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      return usable(descriptor).seek(offset, whence);
    } catch (ErrnoException failure) {
      throw entry.noted(failure);
    }
  }

  /** See {@link Task#dup}. */
  int duplicate(int descriptor) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      FileTable files = life.belongings().files();
      return files.add(files.require(descriptor).hold());
    }
  }

  /** See {@link Task#close(int)}. */
  void close(int descriptor) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      life.belongings().files().close(descriptor);
      kernel.sanitizer().closed(life, descriptor);
    } catch (ErrnoException refused) {
      kernel.sanitizer().closeRefused(life, descriptor);
      throw refused;
    }
  }

  /** See {@link Task#ftruncate}. */
  void truncate(int descriptor, long size) throws ErrnoException {
    entry.run(() -> kernel.vfs().truncate(usable(descriptor), size));
  }

  /** See {@link Task#fstat}. */
  FileStatus status(int descriptor) throws ErrnoException {
    return entry.call(() -> kernel.vfs().status(life.belongings().files().require(descriptor)));
  }

  private OpenFileDescription usable(int descriptor) throws ErrnoException {
    return life.belongings().files().requireUsable(descriptor);
  }

  private AttributeOperations attributes() {
    return kernel.vfs().attributes();
  }

  /** Makes the writes to a file durable; EBADF, EIO, EINVAL if it has no such operation. */
  public void fsync(int descriptor) throws ErrnoException {
    entry.run(() -> usable(descriptor).fsync());
  }

  /** Makes the data of a file durable; errors as {@link #fsync}. */
  public void fdatasync(int descriptor) throws ErrnoException {
    fsync(descriptor);
  }

  /**
   * Makes a descriptor refer to the same open file as another one; closes its former file (rule
   * FCNTL-05).
   *
   * @param flags O_CLOEXEC or 0
   * @throws ErrnoException EBADF; EINVAL for other flags, or if both are the same
   */
  public int dup3(int descriptor, int target, int flags) throws ErrnoException {
    if ((flags != 0 && flags != OpenFlags.O_CLOEXEC) || descriptor == target) {
      throw new ErrnoException(
          Errno.EINVAL,
          "dup3: expected another descriptor and O_CLOEXEC or 0, found %d, %d and 0x%x"
              .formatted(descriptor, target, flags));
    }
    try (Callers.Call _ = entry.enter()) {
      FileTable.OnExec onExec = FileTable.OnExec.closedIf(flags, OpenFlags.O_CLOEXEC);
      life.belongings().files().duplicateTo(descriptor, target, onExec);
    }
    return target;
  }

  /**
   * Reads directory entries from the position: {@code getdents64} (rule FILE-07).
   *
   * @param into receives records of {@code struct linux_dirent64}
   * @return their length in bytes; 0 at the end
   * @throws ErrnoException EBADF, ENOTDIR, ENOENT, EINVAL if no entry fits, EIO
   */
  public long getdents(int descriptor, MemorySegment into) throws ErrnoException {
    return entry.call(() -> new Getdents(into).of(usable(descriptor)));
  }

  /** Changes the mode of an open file as {@link TreeCalls#chmod}; EBADF. */
  public void fchmod(int descriptor, int permissions) throws ErrnoException {
    entry.run(
        () -> attributes().chmod(life.context(), usable(descriptor), permissions & PERMISSIONS));
  }

  /** Changes the owner of an open file as {@link TreeCalls#chown}; EBADF. */
  public void fchown(int descriptor, int uid, int gid) throws ErrnoException {
    entry.run(() -> attributes().chown(life.context(), usable(descriptor), uid, gid));
  }

  /** Sets the times of an open file as {@link TreeCalls#utimensat}; EBADF. */
  public void futimens(int descriptor, NewTime accessed, NewTime modified) throws ErrnoException {
    entry.run(() ->
        attributes()
            .setTimes(life.context(), usable(descriptor), new NewTime.Both(accessed, modified)));
  }

  /**
   * Performs an ioctl as {@link Task#ioctl} does.
   *
   * @param memory the memory that the argument may point into, instead of the machine's
   * @throws ErrnoException EBADF, ENOTTY, EFAULT, errors of the driver
   */
  public long ioctl(int descriptor, int command, long argument, UserMemory memory)
      throws ErrnoException {
    return entry.call(() -> {
      OpenFileDescription file = usable(descriptor);
      return file.waiting(
          () -> kernel.vfs().ioctl(life.context(), file, command, argument, memory));
    });
  }

  /**
   * Allocates space in a file, as {@code fallocate}.
   *
   * @throws ErrnoException EBADF, EINVAL for a bad range, ESPIPE for a pipe, ENODEV if it is
   *     neither a regular file nor a block device, EFBIG, EOPNOTSUPP (rule FILE-04)
   */
  public void fallocate(int descriptor, int mode, long offset, long length) throws ErrnoException {
    entry.run(() -> new Allocation(mode, offset, length).of(usable(descriptor)));
  }

  /**
   * Copies from one file to another (rule FILE-12).
   *
   * @param to written at its position, which advances
   * @param start the offset in the source file; empty for its position, which then advances
   * @param count the most bytes to copy
   * @return bytes copied
   * @throws ErrnoException EBADF, EINVAL, ESPIPE, EOVERFLOW, EAGAIN, EINTR, EPIPE with the signal
   *     SIGPIPE, errors of the files
   */
  public long sendfile(int to, int from, Optional<Long> start, long count) throws ErrnoException {
    return entry.call(() -> {
      Sendfile request = Sendfile.of(usable(from), start, count);
      OpenFileDescription target = usable(to);
      long copied = written(target, () -> request.to(target));
      if (start.isEmpty()) {
        request.advance(copied);
      }
      return copied;
    });
  }

  /**
   * Locks an open file, for all its descriptors, or unlocks it (rule FCNTL-06).
   *
   * @param operation LOCK_SH, LOCK_EX or LOCK_UN, and LOCK_NB
   * @throws ErrnoException EINVAL, EBADF, EAGAIN, EINTR
   */
  public void flock(int descriptor, int operation) throws ErrnoException {
    entry.run(() -> {
      Flock request = Flock.of(operation);
      request.on(usable(descriptor));
    });
  }

  /**
   * Gets or sets the flags of a descriptor, or of the open file behind it.
   *
   * @param command F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL or F_SETFL
   * @param argument the lowest number of the new descriptor; flags to set: FD_CLOEXEC; O_APPEND,
   *     O_NONBLOCK, O_DIRECT and O_NOATIME. Others are ignored
   * @return a descriptor, flags, or 0
   * @throws ErrnoException EBADF; EINVAL for another command, or a number that no descriptor has;
   *     EMFILE; ENOSYS for a command about locks; EPERM if O_APPEND is changed for a file that can
   *     only grow
   */
  public int fcntl(int descriptor, int command, int argument) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      return fcntl(life.belongings().files(), descriptor, command, argument);
    }
  }

  private static int fcntl(FileTable files, int descriptor, int command, int argument)
      throws ErrnoException {
    FileTable.OnExec former = files.onExec(descriptor);
    return switch (command) {
      case F_DUPFD -> files.duplicate(descriptor, argument, FileTable.OnExec.KEPT);
      case F_DUPFD_CLOEXEC -> files.duplicate(descriptor, argument, FileTable.OnExec.CLOSED);
      case F_GETFD -> former == FileTable.OnExec.CLOSED ? FD_CLOEXEC : 0;
      case F_SETFD -> {
        files.onExec(descriptor, FileTable.OnExec.closedIf(argument, FD_CLOEXEC));
        yield 0;
      }
      case F_GETFL -> files.require(descriptor).flags().bits();
      case F_SETFL -> {
        files.requireUsable(descriptor).change(argument);
        yield 0;
      }
      case F_GETLK, F_SETLK, F_SETLKW ->
          throw ErrnoException.byRule(
              "NOSYS-03", Errno.ENOSYS, "fcntl: files of this kernel have no locks");
      default -> throw new ErrnoException(Errno.EINVAL, "fcntl: unknown command " + command);
    };
  }
}
