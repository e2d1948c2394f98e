package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFile;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.device.BlockDeviceFile;
import dev.nommu.kernel.plugin.FileCall;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.time.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * The operations of an open file, as {@code file_operations}: what the kernel checks before each,
 * and what it answers for an empty slot. To be called with the lock of the inode held.
 *
 * @param path where the file was found
 * @param access what it was opened for
 * @param file the plugin's file
 */
record FileSlots(VfsPath path, AccessMode access, OpenFile file) {
  /** Returns whether it can only grow at its end; EIO (rule PLUGIN-01). */
  boolean isAppendOnly() throws ErrnoException {
    return path.inode().inode() instanceof RegularFile regular
        && PluginCall.ask(regular, "isAppendOnly", regular::isAppendOnly);
  }

  /** Reads at a position; EBADF, EISDIR, EINVAL, what the plugin says. */
  long read(MemorySegment into, long at) throws ErrnoException {
    requireMode(access.reads(), "read");
    if (path.inode().kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.EISDIR, "read of " + path + ": it is a directory");
    }
    if (!(file instanceof ReadableFile readable)) {
      throw new ErrnoException(Errno.EINVAL, "read of " + path + ": it has no read operation");
    }
    requirePosition(at, "read");
    if (into.byteSize() == 0) {
      return 0;
    }
    return FileCall.read(readable, into, at);
  }

  /** Writes at a position; EBADF, EINVAL, what the plugin says. */
  long write(MemorySegment from, long at) throws ErrnoException {
    requireMode(access.writes(), "write");
    if (!(file instanceof WritableFile writable)) {
      throw new ErrnoException(Errno.EINVAL, "write to " + path + ": it has no write operation");
    }
    requirePosition(at, "write");
    if (from.byteSize() == 0) {
      return 0;
    }
    return FileCall.write(writable, from, at);
  }

  /** Returns where it ends. */
  long end() throws ErrnoException {
    return file instanceof BlockDeviceFile block ? block.size() : path.inode().attributes().size();
  }

  /** Carries out an ioctl; ENOTTY, what the plugin says. */
  long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    if (!(file instanceof ControllableFile controllable)) {
      throw new ErrnoException(
          Errno.ENOTTY, "ioctl 0x%x of %s: it has no ioctls".formatted(command, path));
    }
    return FileCall.ioctl(controllable, command, argument, memory);
  }

  /** Returns what is woken when there may be more to do; EIO (rule PLUGIN-01). */
  static FileWaitQueue queue(PollableFile file) throws ErrnoException {
    WaitQueue queue = PluginCall.ask(file, "queue", file::queue);
    if (queue instanceof FileWaitQueue own) {
      return own;
    }
    throw PluginCall.wrong(
        file, "queue", "expected one of newWaitQueue, found " + queue.getClass().getName());
  }

  /** Returns what can be done without waiting; EIO (rule PLUGIN-01). */
  static Set<PollEvent> poll(PollableFile file) throws ErrnoException {
    Set<PollEvent> events = PluginCall.ask(file, "poll", () -> Set.copyOf(file.poll()));
    if (events.contains(PollEvent.NVAL)) {
      throw PluginCall.wrong(file, "poll", "NVAL is for the kernel to say");
    }
    return events;
  }

  private void requireMode(boolean allowed, String what) throws ErrnoException {
    if (!allowed) {
      throw new ErrnoException(Errno.EBADF, what + " of " + path + ": it is open for " + access);
    }
  }

  void requirePosition(long at, String what) throws ErrnoException {
    if (at < 0) {
      throw new ErrnoException(Errno.EINVAL, what + " of " + path + ": position " + at);
    }
  }
}
