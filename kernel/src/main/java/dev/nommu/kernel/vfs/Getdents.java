package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/**
 * A request to read entries of an open directory, as {@code getdents64} (rule FILE-07).
 *
 * @param into receives records of {@code struct linux_dirent64}
 */
public record Getdents(MemorySegment into) {
  /**
   * Reads from the position of the directory, and advances it.
   *
   * @return the length of the records in bytes; 0 at the end
   * @throws ErrnoException ENOTDIR, ENOENT if the directory was removed, EINVAL if no entry fits,
   *     EFAULT, errors of the directory
   */
  public long of(OpenFileDescription file) throws ErrnoException {
    if (!(file.operations() instanceof DirectoryFile directory)) {
      throw new ErrnoException(
          Errno.ENOTDIR, "getdents of " + file.vfsPath() + ": not a directory");
    }
    file.lock().lock();
    try {
      file.requireOpen();
      Dirents records = new Dirents(into.byteSize());
      long next = directory.read(file.position(), records);
      long count = records.copyTo(into);
      file.position(next);
      return count;
    } finally {
      file.lock().unlock();
    }
  }
}
