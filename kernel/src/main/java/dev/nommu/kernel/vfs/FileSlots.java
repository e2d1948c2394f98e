package dev.nommu.kernel.vfs;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableDirectory;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.device.BlockDeviceFile;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.plugin.FileCall;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * The operations of an open file: its own, and the kernel's defaults for missing ones (section
 * FILE). Called with the inode lock held, except for files that may be read at any time.
 */
final class FileSlots {
  private final VfsPath path;
  private final OpenFlags flags;
  private final OpenFile file;

  FileSlots(VfsPath path, OpenFlags flags, OpenFile file) {
    this.path = path;
    this.flags = flags;
    this.file = file;
  }

  /** Returns whether writes are synchronous: O_SYNC, O_DSYNC, or a mount with sync. */
  private boolean writesThrough() {
    return flags.has(OpenFlags.O_DSYNC) || path.mount().has(MountFlag.SYNCHRONOUS);
  }

  /** Reads at a position; EBADF, EISDIR, EINVAL, errors of the file. */
  long read(MemorySegment into, long at) throws ErrnoException {
    requirePosition(at, into.byteSize(), "read");
    requireMode(flags.reads(), "read");
    if (path.inode().kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.EISDIR, "read of " + path + ": it is a directory");
    }
    if (!(file instanceof ReadableFile readable)) {
      throw new ErrnoException(Errno.EINVAL, "read of " + path + ": it has no read operation");
    }
    return into.byteSize() == 0 ? 0 : FileCall.read(readable, into, at);
  }

  /** Writes at a position; EBADF, EINVAL, EFBIG, errors of the file. */
  long write(MemorySegment from, long at) throws ErrnoException {
    requirePosition(at, from.byteSize(), "write");
    requireMode(flags.writes(), "write");
    if (!(file instanceof WritableFile writable)) {
      throw new ErrnoException(Errno.EINVAL, "write to " + path + ": it has no write operation");
    }
    if (from.byteSize() == 0) {
      return 0;
    }
    long count = FileCall.write(writable, fitting(from, at), at);
    if (count > 0 && path.inode().kind() != FileKind.FIFO) {
      path.report(Kind.MODIFY);
    }
    if (writesThrough()) {
      sync();
    }
    return count;
  }

  /**
   * Returns the part of some bytes that can be written without exceeding the file's maximum size.
   */
  private MemorySegment fitting(MemorySegment from, long at) throws ErrnoException {
    long room = path.inode().largestSize() - at;
    if (room >= from.byteSize()) {
      return from;
    }
    if (room <= 0) {
      throw ErrnoException.byRule(
          "FILE-05",
          Errno.EFBIG,
          "write to %s at %d: a file of this kind ends at %d"
              .formatted(path, at, path.inode().largestSize()));
    }
    return from.asSlice(0, room);
  }

  /** Returns the position of a write with O_APPEND, which a block device ignores. */
  long appendingAt(long position) throws ErrnoException {
    return file instanceof BlockDeviceFile ? position : end();
  }

  /** Returns the end of the file. */
  long end() throws ErrnoException {
    return file instanceof BlockDeviceFile block ? block.size() : path.inode().attributes().size();
  }

  /** Returns the position to which a request moves; EINVAL, ENXIO, errors of the file. */
  long seek(Seek request) throws ErrnoException {
    if (path.inode().inode() instanceof Directory directory
        && !(directory instanceof SeekableDirectory)) {
      return request.withoutEnd();
    }
    return file instanceof SeekableFile own
        ? request.by(own)
        : request.within(this::end, path.inode().largestSize());
  }

  /** Returns the object that may implement fsync: for a directory, the directory itself. */
  private Object syncable() {
    return path.inode().kind() == FileKind.DIRECTORY ? path.inode().inode() : file;
  }

  /** Returns whether writes can be made durable. */
  boolean canSync() {
    return syncable() instanceof Syncable;
  }

  /** Makes writes durable, if possible; EIO. */
  void sync() throws ErrnoException {
    if (syncable() instanceof Syncable slot) {
      PluginCall.tell(slot, "fsync", slot::fsync);
    }
  }

  /** Performs an ioctl; ENOTTY, errors of the file. */
  long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    if (!(file instanceof ControllableFile controllable)) {
      throw new ErrnoException(
          Errno.ENOTTY, "ioctl 0x%x of %s: it has no ioctls".formatted(command, path));
    }
    return FileCall.ioctl(controllable, command, argument, memory);
  }

  /** Returns the wait queue that is woken when the file may be ready; EIO (rule PLUGIN-01). */
  static FileWaitQueue queue(PollableFile file) throws ErrnoException {
    WaitQueue queue = PluginCall.ask(file, "queue", file::queue);
    if (queue instanceof FileWaitQueue own) {
      return own;
    }
    throw PluginCall.wrong(
        file, "queue", "expected one of newWaitQueue, found " + queue.getClass().getName());
  }

  /** Returns the ready poll events; EIO (rule PLUGIN-01). */
  static Set<PollEvent> poll(PollableFile file) throws ErrnoException {
    Set<PollEvent> events = PluginCall.ask(file, "poll", () -> Set.copyOf(file.poll()));
    if (events.contains(PollEvent.NVAL)) {
      throw PluginCall.wrong(file, "poll", "NVAL is for the kernel to say");
    }
    return events;
  }

  private void requireMode(boolean allowed, String what) throws ErrnoException {
    if (!allowed) {
      throw new ErrnoException(
          Errno.EBADF, "%s of %s: it is open for %s".formatted(what, path, flags.access()));
    }
  }

  /** Checks that a transfer starts and ends at valid positions, as {@code rw_verify_area}. */
  private void requirePosition(long at, long length, String what) throws ErrnoException {
    if (at < 0 || at + length < 0) {
      throw ErrnoException.byRule(
          "FILE-10",
          Errno.EINVAL,
          "%s of %s: %d bytes at position %d".formatted(what, path, length, at));
    }
  }
}
