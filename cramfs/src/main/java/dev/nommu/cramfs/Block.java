package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;

/** Where a block of a file is, and how it is stored (rules CRAMFS-16 to CRAMFS-18). */
sealed interface Block {
  /** Zeros that are nowhere. */
  record Hole() implements Block {}

  /**
   * Bytes as they are; zeros follow.
   *
   * @param offset where they are
   * @param length how many, 1 to the size of a block
   */
  record Stored(long offset, int length) implements Block {}

  /**
   * A zlib stream; zeros follow.
   *
   * @param offset where it is
   * @param length bytes of the stream, 1 to twice the size of a block
   */
  record Deflated(long offset, int length) implements Block {}

  /**
   * A block that no reader can make sense of.
   *
   * @param offset where it is
   * @param expected what should be there
   * @param found what is there
   */
  record Bad(long offset, String expected, String found) implements Block {
    /** Returns the error of reading it: EIO. */
    ErrnoException error(String what) {
      return CramfsFormat.malformed("%s at 0x%x".formatted(what, offset), expected, found);
    }
  }
}
