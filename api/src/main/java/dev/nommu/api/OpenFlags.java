package dev.nommu.api;

import java.util.StringJoiner;

/**
 * The flags of an open file: those of {@code open(2)}, with the changes made by {@code
 * fcntl(F_SETFL)}. Numbers are those of asm-generic. Immutable.
 *
 * @since 0.1.0
 */
public final class OpenFlags {
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

  /** O_NOCTTY. */
  public static final int O_NOCTTY = 0400;

  /** O_TRUNC. */
  public static final int O_TRUNC = 01000;

  /** O_APPEND. */
  public static final int O_APPEND = 02000;

  /** O_NONBLOCK. */
  public static final int O_NONBLOCK = 04000;

  /** O_DSYNC. */
  public static final int O_DSYNC = 010000;

  /** O_DIRECT. */
  public static final int O_DIRECT = 040000;

  /** O_LARGEFILE, which {@code open} always sets. */
  public static final int O_LARGEFILE = 0100000;

  /** O_DIRECTORY. */
  public static final int O_DIRECTORY = 0200000;

  /** O_NOFOLLOW. */
  public static final int O_NOFOLLOW = 0400000;

  /** O_NOATIME. */
  public static final int O_NOATIME = 01000000;

  /** O_CLOEXEC. */
  public static final int O_CLOEXEC = 02000000;

  /** O_SYNC, which includes O_DSYNC. */
  public static final int O_SYNC = 04000000 | O_DSYNC;

  /** O_PATH. */
  public static final int O_PATH = 010000000;

  /** O_TMPFILE, which includes O_DIRECTORY. */
  public static final int O_TMPFILE = 020000000 | O_DIRECTORY;

  private static final int ACCESS = 3;
  private static final int ONLY_FOR_OPEN = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC;
  private static final int CHANGEABLE = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME;

  private final int bits;

  private OpenFlags(int bits) {
    this.bits = bits;
  }

  /** Returns the access mode without further flags. */
  public static OpenFlags of(AccessMode access) {
    return new OpenFlags(
        switch (access) {
          case READ -> O_RDONLY;
          case WRITE -> O_WRONLY;
          case READ_WRITE -> O_RDWR;
        });
  }

  /**
   * Returns the flags a program passed to {@code open}.
   *
   * @param bits O bits
   */
  public static OpenFlags ofBits(int bits) {
    return new OpenFlags(bits);
  }

  /** Returns these flags and others: {@code OpenFlags.of(AccessMode.READ).with(O_NONBLOCK)}. */
  public OpenFlags with(int flags) {
    return changedTo(bits | (flags & ~ACCESS));
  }

  /** Returns these flags without some. */
  public OpenFlags without(int flags) {
    return changedTo(bits & (~flags | ACCESS));
  }

  private OpenFlags changedTo(int changed) {
    return changed == bits ? this : new OpenFlags(changed);
  }

  /** Returns the flags that an open file keeps, as {@code fcntl(F_GETFL)} returns them. */
  public OpenFlags ofFile() {
    return without(ONLY_FOR_OPEN);
  }

  /**
   * Returns these flags after {@code fcntl(F_SETFL)}: O_APPEND, O_NONBLOCK, O_DIRECT and O_NOATIME
   * are taken from the bits, the rest is unchanged.
   */
  public OpenFlags changed(int bits) {
    return without(CHANGEABLE).with(bits & CHANGEABLE);
  }

  /** Returns the access mode; READ for a file opened only for {@code ioctl}. */
  public AccessMode access() {
    return switch (bits & ACCESS) {
      case O_WRONLY -> AccessMode.WRITE;
      case O_RDWR -> AccessMode.READ_WRITE;
      default -> AccessMode.READ;
    };
  }

  /** Returns whether the access mode is 3: neither for reading nor for writing. */
  public boolean isForIoctl() {
    return (bits & ACCESS) == ACCESS;
  }

  /** Returns whether the file is opened for reading. */
  public boolean reads() {
    return access().reads() && !isForIoctl();
  }

  /** Returns whether the file is opened for writing. */
  public boolean writes() {
    return access().writes();
  }

  /** Returns whether all of these flags are set; not for the access mode. */
  public boolean has(int flag) {
    return (bits & flag) == flag;
  }

  /** Returns the O bits. */
  public int bits() {
    return bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpenFlags flags && flags.bits == bits;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(bits);
  }

  /** Returns the access mode and the other bits as an octal number, as in /proc/PID/fdinfo. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner("|");
    text.add(
        switch (bits & ACCESS) {
          case O_RDONLY -> "O_RDONLY";
          case O_WRONLY -> "O_WRONLY";
          case O_RDWR -> "O_RDWR";
          default -> "O_ACCMODE";
        });
    if ((bits & ~ACCESS) != 0) {
      text.add("0%o".formatted(bits & ~ACCESS));
    }
    return text.toString();
  }
}
