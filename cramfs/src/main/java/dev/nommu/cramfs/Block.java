package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;

/** The location of a block of a file and how it is stored (rules CRAMFS-16 to CRAMFS-18). */
sealed interface Block {
  /** Zeros that are not stored. */
  record Hole() implements Block {}

  /**
   * Uncompressed bytes, followed by zeros.
   *
   * @param offset the offset of the bytes
   * @param length the number of bytes, 1 to the size of a block
   */
  record Stored(long offset, int length) implements Block {}

  /**
   * A zlib stream, followed by zeros.
   *
   * @param offset its offset
   * @param length bytes of the stream, 1 to twice the size of a block
   */
  record Deflated(long offset, int length) implements Block {}

  /**
   * A malformed block.
   *
   * @param offset its offset
   * @param expected the expected contents
   * @param found the actual contents
   */
  record Bad(long offset, String expected, String found) implements Block {
    /** Returns the error of reading it: EIO. */
    ErrnoException error(String what) {
      return CramfsFormat.malformed("%s at 0x%x".formatted(what, offset), expected, found);
    }
  }
}
