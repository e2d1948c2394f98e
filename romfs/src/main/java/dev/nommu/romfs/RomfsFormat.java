package dev.nommu.romfs;

import java.nio.ByteBuffer;

/** The numbers of the format (rules ROMFS-10 to ROMFS-14). */
final class RomfsFormat {
  /** {@code -rom1fs-}. */
  static final long MAGIC = 0x2d72_6f6d_3166_732dL;

  /** Bytes before the name, in the headers of volumes and nodes. */
  static final int HEADER_SIZE = 16;

  /** The longest name in bytes. */
  static final int LONGEST_NAME = 128;

  /** The bits for the kind of node, in the word of the next offset. */
  static final int KIND = 7;

  /** The bit of the same word that makes a file or directory executable. */
  static final int EXECUTABLE = 8;

  /** A volume's file is padded to a multiple of this many bytes. */
  static final int BLOCK_SIZE = 1024;

  /** The most bytes that the checksum of the volume covers. */
  static final int FIRST_BLOCK = 512;

  /** The most hard links followed to reach a node (rule ROMFS-17). */
  static final int HARD_LINKS = 64;

  private RomfsFormat() {}

  /** Returns the offset rounded up to the alignment of all nodes and data. */
  static long align16(long offset) {
    return align(offset, 16);
  }

  /** Returns the offset rounded up to a multiple of a power of two. */
  static long align(long offset, long alignment) {
    return (offset + alignment - 1) & -alignment;
  }

  /** Returns the size of a header with this name in bytes, including padding. */
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
