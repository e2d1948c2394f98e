package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Optional;

/**
 * Gives a file another size, unless a mapping forbids it (section TRUNC).
 *
 * @param path the file
 */
record Truncation(VfsPath path, Profile profile) {
  /**
   * Sets the size.
   *
   * @param size bytes
   * @throws ErrnoException EINVAL for a negative size or what is not a regular file, EFBIG, ETXTBSY
   *     (rule TRUNC-06), what the file system says
   */
  void to(long size) throws ErrnoException {
    if (size < 0 || !(path.inode().inode() instanceof RegularFile file)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "truncate of %s to %d: expected a regular file and a size of 0 or more"
              .formatted(path, size));
    }
    if (size > path.inode().largestSize()) {
      throw new ErrnoException(
          Errno.EFBIG,
          "truncate of %s to %d: a file of this kind has at most %d bytes"
              .formatted(path, size, path.inode().largestSize()));
    }
    path.inode().lock().lock();
    try {
      resize(file, path.inode().attributes().size(), size);
    } finally {
      path.inode().lock().unlock();
    }
  }

  private void resize(RegularFile file, long oldSize, long size) throws ErrnoException {
    if (size == oldSize) {
      return;
    }
    if (size < oldSize) {
      requireNotMapped(path.inode().regions().blockingTruncate(oldSize, size, profile), size);
    }
    PluginCall.tell(file, "truncate", () -> file.truncate(size));
    if (size < oldSize) {
      path.inode().regions().cutTo(size);
    }
  }

  private void requireNotMapped(Optional<Vma> blocking, long size) throws ErrnoException {
    if (blocking.isPresent()) {
      throw new ErrnoException(
          Errno.ETXTBSY,
          "truncate of %s to %d: mapped at %s [TRUNC-06]".formatted(path, size, blocking.get()));
    }
  }
}
