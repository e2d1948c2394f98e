package dev.nommu.romfs;

import java.nio.ByteBuffer;

/** The numbers of the format (rules ROMFS-10 to ROMFS-14). */
final class RomfsFormat {
  /** {@code -rom1fs-}. */
  static final long MAGIC = 0x2d72_6f6d_3166_732dL;

  /** Bytes before the name, in the header of the volume as in that of a node. */
  static final int HEADER_SIZE = 16;

  /** Bytes in the longest name. */
  static final int LONGEST_NAME = 128;

  /** The bits that say what kind of node it is, in the word that also holds the next offset. */
  static final int KIND = 7;

  /** The bit beside them that makes a file or directory executable. */
  static final int EXECUTABLE = 8;

  /** A volume ends on a boundary of this many bytes in its file. */
  static final int BLOCK_SIZE = 1024;

  /** How many bytes the checksum of the volume covers at most. */
  static final int FIRST_BLOCK = 512;

  /** How many hard links may be followed to reach what they stand for (rule ROMFS-17). */
  static final int HARD_LINKS = 64;

  private RomfsFormat() {}

  /** Returns the offset rounded up to the boundary on which everything begins. */
  static long align16(long offset) {
    return align(offset, 16);
  }

  /** Returns the offset rounded up to a multiple of a power of two. */
  static long align(long offset, long alignment) {
    return (offset + alignment - 1) & -alignment;
  }

  /** Returns how many bytes a header with this name takes, padding included. */
  static long headerSize(byte[] name) {
    return align16(HEADER_SIZE + name.length + 1L);
  }

  /** Returns the sum of all whole words of the buffer, modulo 2^32 (rule ROMFS-11). */
  static int sum(ByteBuffer bytes) {
    int sum = 0;
    for (int at = 0; at + 4 <= bytes.limit(); at += 4) {
      sum += bytes.getInt(at);
    }
    return sum;
  }
}
