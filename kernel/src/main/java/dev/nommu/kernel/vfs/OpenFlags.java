package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * The flags of {@code open(2)}, with the numbers of asm-generic.
 *
 * @param bits O bits
 */
public record OpenFlags(int bits) {
  /** O_RDONLY. */
  public static final int O_RDONLY = 0;

  /** O_WRONLY. */
  public static final int O_WRONLY = 1;

  /** O_RDWR. */
  public static final int O_RDWR = 2;

  /** O_CREAT. */
  public static final int O_CREAT = 0100;

  /** O_EXCL. */
  public static final int O_EXCL = 0200;

  /** O_TRUNC. */
  public static final int O_TRUNC = 01000;

  /** O_APPEND. */
  public static final int O_APPEND = 02000;

  /** O_NONBLOCK. */
  public static final int O_NONBLOCK = 04000;

  /** O_DIRECTORY. */
  public static final int O_DIRECTORY = 0200000;

  /** O_NOFOLLOW. */
  public static final int O_NOFOLLOW = 0400000;

  /** O_CLOEXEC. */
  public static final int O_CLOEXEC = 02000000;

  /** O_PATH. */
  public static final int O_PATH = 010000000;

  private static final int ACCESS = 3;

  /**
   * Returns what the file is opened for.
   *
   * @throws ErrnoException EINVAL for the access mode 3
   */
  AccessMode access() throws ErrnoException {
    return switch (bits & ACCESS) {
      case O_RDONLY -> AccessMode.READ;
      case O_WRONLY -> AccessMode.WRITE;
      case O_RDWR -> AccessMode.READ_WRITE;
      default ->
          throw new ErrnoException(
              Errno.EINVAL, "open: expected O_RDONLY, O_WRONLY or O_RDWR, found 3");
    };
  }

  /** Returns whether this flag is set. */
  boolean has(int flag) {
    return (bits & flag) != 0;
  }
}
