package dev.nommu.cli.matrix;

/**
 * Something that can be mapped.
 *
 * @param kind its kind
 * @param path its path; empty for anonymous memory
 * @param provider the type of the file system, the name of the driver, or empty
 */
public record Subject(Kind kind, String path, String provider) {
  /** Memory without a file. */
  static final Subject ANONYMOUS = new Subject(Kind.ANONYMOUS, "", "");

  /** Something that can be mapped. */
  public enum Kind {
    /** Memory without a file. */
    ANONYMOUS("anonymous memory"),
    /** A regular file. */
    REGULAR_FILE("regular file"),
    /** A block device. */
    BLOCK_DEVICE("block device"),
    /** A character device. */
    CHARACTER_DEVICE("character device");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns its name. */
    @Override
    public String toString() {
      return words;
    }
  }
}
