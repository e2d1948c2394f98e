package dev.nommu.api;

/**
 * The origin of an {@code lseek} offset. The set follows Linux and may grow with it.
 *
 * @since 0.1.0
 */
public enum Whence {
  /** SEEK_SET: the start of the file. */
  START,
  /** SEEK_CUR: the present position. */
  CURRENT,
  /** SEEK_END: the end of the file. */
  END,
  /** SEEK_DATA: the next data at or after the offset. */
  DATA,
  /** SEEK_HOLE: the next hole at or after the offset; there is one at the end of the file. */
  HOLE
}
