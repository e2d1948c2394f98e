package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.ScopedValue.CallableOp;

/**
 * A request to move the position of an open file (rules FILE-01 and FILE-02).
 *
 * @param position the current one
 * @param offset the distance to move
 * @param whence the starting point
 */
record Seek(long position, long offset, Whence whence) {
  /**
   * Returns the position that the file itself computes.
   *
   * @throws ErrnoException errors of the file; EIO if the position is negative
   */
  long by(SeekableFile file) throws ErrnoException {
    return PluginCall.count(
        file, "seek", 0, Long.MAX_VALUE, () -> file.seek(position, offset, whence));
  }

  /** Returns where it goes in a directory that is listed, as {@code dcache_dir_lseek}; EINVAL. */
  long withoutEnd() throws ErrnoException {
    return SeekableFile.withoutEnd(position, offset, whence);
  }

  /**
   * Returns where it goes in a file that does not say it, as {@code generic_file_llseek}: all of
   * the file is data, and there is a hole at its end.
   *
   * @param size returns how many bytes there are in it
   * @param largest the last position there is
   * @throws ErrnoException EINVAL for a position that there is not, ENXIO for DATA and HOLE behind
   *     the end
   */
  long within(CallableOp<Long, ErrnoException> size, long largest) throws ErrnoException {
    long to =
        switch (whence) {
          case START -> offset;
          case CURRENT -> position + offset;
          case END -> size.call() + offset;
          case DATA -> inside(size.call(), offset);
          case HOLE -> inside(size.call(), size.call());
        };
    if (to < 0 || to > largest) {
      throw ErrnoException.byRule(
          "FILE-01",
          Errno.EINVAL,
          "expected a position from 0 to %d, found %d".formatted(largest, to));
    }
    return to;
  }

  private long inside(long end, long to) throws ErrnoException {
    if (offset < 0 || offset >= end) {
      throw ErrnoException.byRule(
          "FILE-01",
          Errno.ENXIO,
          "expected an offset below the end at %d, found %d".formatted(end, offset));
    }
    return to;
  }
}
