package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.sanitizer.Sanitizer;

/**
 * Sets the size of a file, unless a mapping forbids it (section TRUNC).
 *
 * @param path the file
 * @param sanitizer notified of pages that mappings show although the file has lost them
 */
record Truncation(VfsPath path, Profile profile, Sanitizer sanitizer) {
  /**
   * Sets the size.
   *
   * @param size bytes
   * @throws ErrnoException EINVAL for a negative size or if it is not a regular file, EFBIG,
   *     ETXTBSY (rule TRUNC-06), errors of the file system
   */
  void to(long size) throws ErrnoException {
    if (size < 0 || !(path.inode().inode() instanceof RegularFile file)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "truncate of %s to %d: expected a regular file and a size of 0 or more"
              .formatted(path, size));
    }
    if (size > path.inode().largestSize()) {
      throw ErrnoException.byRule(
          "FILE-05",
          Errno.EFBIG,
          "truncate of %s to %d: a file of this kind has at most %d bytes"
              .formatted(path, size, path.inode().largestSize()));
    }
    path.inode().lock().lock();
    try {
      long oldSize = path.inode().attributes().size();
      if (size != oldSize) {
        path.inode()
            .regions()
            .resize(oldSize, size, profile, () -> setSize(file, size))
            .forEach(cut -> sanitizer.truncated(cut.mapping(), cut.gone()));
      }
    } finally {
      path.inode().lock().unlock();
    }
  }

  private static void setSize(RegularFile file, long size) throws ErrnoException {
    PluginCall.tell(file, "truncate", () -> file.truncate(size));
  }
}
