package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.vfs.FileLocks.Mode;

/**
 * A request to lock or unlock an open file, as {@code flock} (rule FCNTL-06).
 *
 * @param operation LOCK_SH, LOCK_EX or LOCK_UN, and LOCK_NB
 */
public record Flock(int operation) {
  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_UN = 8;

  /**
   * Checks the operation.
   *
   * @throws ErrnoException EINVAL
   */
  public static Flock of(int operation) throws ErrnoException {
    return switch (operation & ~LOCK_NB) {
      case LOCK_SH, LOCK_EX, LOCK_UN -> new Flock(operation);
      default ->
          throw ErrnoException.byRule(
              "FCNTL-06", Errno.EINVAL, "flock: unknown operation 0x%x".formatted(operation));
    };
  }

  /**
   * Does it.
   *
   * @throws ErrnoException EAGAIN if the lock is held and LOCK_NB is set; EBADF, EINTR
   */
  public void on(OpenFileDescription file) throws ErrnoException {
    file.hold();
    try {
      FileLocks locks = file.vfsPath().inode().fileLocks();
      switch (operation & ~LOCK_NB) {
        case LOCK_UN -> locks.unlock(file);
        case LOCK_SH -> lock(locks, file, Mode.SHARED);
        default -> lock(locks, file, Mode.EXCLUSIVE);
      }
    } finally {
      file.release();
    }
  }

  private void lock(FileLocks locks, OpenFileDescription file, Mode mode) throws ErrnoException {
    if ((operation & LOCK_NB) == 0) {
      locks.lock(file, mode);
    } else if (!locks.tryLock(file, mode)) {
      throw ErrnoException.byRule(
          "FCNTL-06", Errno.EAGAIN, "flock of " + file.vfsPath() + ": it is locked");
    }
  }
}
