package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * A request to allocate room in a file, as {@code vfs_fallocate}.
 *
 * @param mode FALLOC_FL bits
 * @param offset bytes from the start of the file
 * @param length bytes
 */
public record Allocation(int mode, long offset, long length) {
  /**
   * Checks the request and declines it: no file system here can do this.
   *
   * @throws ErrnoException always: EINVAL, EOPNOTSUPP, EBADF, ESPIPE, EISDIR or ENODEV
   */
  public void of(OpenFileDescription file) throws ErrnoException {
    String what = "fallocate of " + file.vfsPath();
    if (offset < 0 || length <= 0) {
      throw new ErrnoException(Errno.EINVAL, "%s: %d bytes at %d".formatted(what, length, offset));
    }
    if (mode >>> Byte.SIZE != 0) {
      throw new ErrnoException(Errno.EOPNOTSUPP, what + ": unknown mode " + mode);
    }
    if (!file.mode().writes()) {
      throw new ErrnoException(Errno.EBADF, what + ": it is not open for writing");
    }
    throw new ErrnoException(
        switch (file.vfsPath().inode().kind()) {
          case FIFO -> Errno.ESPIPE;
          case DIRECTORY -> Errno.EISDIR;
          case REGULAR -> Errno.EOPNOTSUPP;
          case BLOCK_DEVICE, CHARACTER_DEVICE, SYMBOLIC_LINK, SOCKET -> Errno.ENODEV;
        },
        what + ": no file system here can do this");
  }
}
