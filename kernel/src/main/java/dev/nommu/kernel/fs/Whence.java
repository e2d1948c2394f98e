package dev.nommu.kernel.fs;

/** What an offset of {@code lseek} counts from. */
public enum Whence {
  /** SEEK_SET. */
  START,
  /** SEEK_CUR. */
  CURRENT,
  /** SEEK_END. */
  END
}
