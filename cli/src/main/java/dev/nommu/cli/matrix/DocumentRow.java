package dev.nommu.cli.matrix;

import dev.nommu.api.Sharing;

/** The rows of the list in {@code nommu-mmap.txt}. */
public enum DocumentRow {
  /** Anonymous memory. */
  ANONYMOUS_PRIVATE("Anonymous mapping, MAP_PRIVATE", "19-25"),
  /** Shared anonymous memory. */
  ANONYMOUS_SHARED("Anonymous mapping, MAP_SHARED", "27-32"),
  /** A file that is only read. */
  FILE_PRIVATE_READ("File, MAP_PRIVATE, PROT_READ / PROT_EXEC, !PROT_WRITE", "34-57"),
  /** A file that is mapped for a writable copy. */
  FILE_PRIVATE_WRITE("File, MAP_PRIVATE, PROT_READ / PROT_EXEC, PROT_WRITE", "59-67"),
  /** Devices that are not memory. */
  FILE_SHARED("Regular file / blockdev, MAP_SHARED, PROT_READ / PROT_EXEC / PROT_WRITE", "69-75"),
  /** A file that is memory. */
  MEMORY_FILE_SHARED(
      "Memory backed regular file, MAP_SHARED, PROT_READ / PROT_EXEC / PROT_WRITE", "77-86"),
  /** A block device that is memory. */
  MEMORY_BLOCK_SHARED(
      "Memory backed blockdev, MAP_SHARED, PROT_READ / PROT_EXEC / PROT_WRITE", "88-95"),
  /** A character device. */
  CHARACTER_SHARED(
      "Memory backed chardev, MAP_SHARED, PROT_READ / PROT_EXEC / PROT_WRITE", "97-105");

  private final String title;
  private final String lines;

  DocumentRow(String title, String lines) {
    this.title = title;
    this.lines = lines;
  }

  /** Returns the document's name of the row. */
  public String title() {
    return title;
  }

  /** Returns its lines in the document, such as {@code "34-57"}. */
  public String lines() {
    return lines;
  }

  /**
   * Returns the row of a request.
   *
   * @param memoryBacked whether the file's backing device offers direct mappings
   */
  static DocumentRow of(
      Subject.Kind kind, Sharing sharing, Permission permission, boolean memoryBacked) {
    if (kind == Subject.Kind.ANONYMOUS) {
      return sharing == Sharing.SHARED ? ANONYMOUS_SHARED : ANONYMOUS_PRIVATE;
    }
    if (sharing == Sharing.PRIVATE) {
      return permission.writes() ? FILE_PRIVATE_WRITE : FILE_PRIVATE_READ;
    }
    return switch (kind) {
      case CHARACTER_DEVICE -> CHARACTER_SHARED;
      case BLOCK_DEVICE -> memoryBacked ? MEMORY_BLOCK_SHARED : FILE_SHARED;
      case REGULAR_FILE, ANONYMOUS -> memoryBacked ? MEMORY_FILE_SHARED : FILE_SHARED;
    };
  }
}
