package dev.nommu.api;

/**
 * A file that implements {@code lseek}, as {@code file_operations.llseek}. The kernel stores the
 * position. Static methods provide the behaviour of most devices.
 *
 * @since 0.1.0
 */
public interface SeekableFile extends OpenFile {
  /**
   * Returns the new position.
   *
   * @param position the present position, 0 or more
   * @param offset the offset in bytes
   * @param whence the origin of the offset
   * @return the new position, 0 or more
   * @throws ErrnoException EINVAL for an invalid position or an unsupported {@code whence}; ENXIO
   *     for DATA and HOLE past the end
   */
  long seek(long position, long offset, Whence whence) throws ErrnoException;

  /**
   * Returns the new position in a device of a fixed size, as {@code fixed_size_llseek}: anywhere
   * from the start to the end.
   *
   * @param size bytes
   * @throws ErrnoException EINVAL for a position outside, and for DATA and HOLE
   */
  static long within(long size, long position, long offset, Whence whence) throws ErrnoException {
    long to =
        switch (whence) {
          case START -> offset;
          case CURRENT -> position + offset;
          case END -> size + offset;
          case DATA, HOLE -> throw unknown(whence);
        };
    if (to < 0 || to > size) {
      throw new ErrnoException(
          Errno.EINVAL, "lseek: expected a position from 0 to %d, found %d".formatted(size, to));
    }
    return to;
  }

  /**
   * Returns the new position in a file of unknown size, as {@code no_seek_end_llseek}.
   *
   * @throws ErrnoException EINVAL for a negative position, and for END, DATA and HOLE
   */
  static long withoutEnd(long position, long offset, Whence whence) throws ErrnoException {
    return switch (whence) {
      case START, CURRENT -> within(Long.MAX_VALUE, position, offset, whence);
      case END, DATA, HOLE -> throw unknown(whence);
    };
  }

  private static ErrnoException unknown(Whence whence) {
    return new ErrnoException(Errno.EINVAL, "lseek: " + whence + " means nothing here");
  }
}
