package dev.nommu.kernel.vfs;

import dev.nommu.api.CharacterDevice;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.wait.FileOperation;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.util.Optional;

/**
 * The opening of a file, which may wait for another process.
 *
 * @param flags the open flags
 * @param lock held while it is opened, but not during waits
 */
record Opening(OpenFlags flags, Optional<InodeLock> lock) implements FileOperation {
  /** Opens a character device; errors of the driver. */
  static OpenFile device(CharacterDevice device, OpenFlags flags) throws ErrnoException {
    return FileWaitQueue.during(
        new Opening(flags, Optional.empty()),
        () -> PluginCall.ask(device, "open", () -> device.open(flags)));
  }

  /** Opens a named pipe; see {@link Pipe#open}. */
  static OpenFile pipe(VfsInode inode, OpenFlags flags) throws ErrnoException {
    inode.lock().lock();
    try {
      return FileWaitQueue.during(
          new Opening(flags, Optional.of(inode.lock())), () -> inode.pipe().open(flags));
    } finally {
      inode.lock().unlock();
    }
  }

  /** Opens an end of an unnamed pipe, without waiting. */
  static OpenFile unnamedPipe(VfsInode inode, OpenFlags flags) {
    inode.lock().lock();
    try {
      return inode.pipe().openUnnamed(flags);
    } finally {
      inode.lock().unlock();
    }
  }

  @Override
  public boolean isNonblocking() {
    return flags.has(OpenFlags.O_NONBLOCK);
  }

  @Override
  public void letGo(Waiter waiter) {
    lock.ifPresent(InodeLock::unlock);
  }

  @Override
  public void takeBack(Waiter waiter) {
    lock.ifPresent(InodeLock::lock);
  }

  @Override
  public void requireOpen() {}
}
