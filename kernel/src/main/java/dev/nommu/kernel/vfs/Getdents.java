package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/**
 * A request to read entries of an open directory, as {@code getdents64} (rule FILE-07).
 *
 * @param into where records of {@code struct linux_dirent64} go
 */
public record Getdents(MemorySegment into) {
  /**
   * Reads from the position of the directory on and moves it.
   *
   * @return how many bytes the records have; 0 at the end
   * @throws ErrnoException ENOTDIR, ENOENT if the directory was removed, EINVAL if not one entry
   *     fits, EFAULT, what the directory says
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
