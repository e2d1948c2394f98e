package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.nio.ByteBuffer;

/** The numbers of the format (rules CRAMFS-10 to CRAMFS-23). */
final class CramfsFormat {
  /** The first word of a superblock. */
  static final int MAGIC = 0x28cd3d45;

  /** The first word of a superblock in the other byte order. */
  static final int SWAPPED_MAGIC = 0x453dcd28;

  /** The offset of an image with room for boot code. */
  static final long BOOT_CODE_SIZE = 512;

  /** The unit, in bytes, of offsets in nodes and of the padding of names. */
  static final int UNIT = 4;

  /** The smallest block in bytes, and that of most images. */
  static final int DEFAULT_BLOCK_SIZE = 4096;

  /** The largest block in bytes. */
  static final int LARGEST_BLOCK_SIZE = 65536;

  /** The longest name in bytes. */
  static final int LONGEST_NAME = 252;

  /** The exclusive limit of the size of files and directories (24 bits). */
  static final int SIZE_LIMIT = 1 << 24;

  /**
   * The exclusive limit of offsets of block tables and directories (26 bits, in units of 4 bytes).
   */
  static final long OFFSET_LIMIT = 1L << 28;

  /** The largest image in bytes, rounded down to blocks of every size. */
  static final long SIZE_OF_IMAGE_LIMIT = 0xffff_0000L;

  /** The size of an image that does not store its size. */
  static final long OLD_SIZE = 1L << 28;

  private CramfsFormat() {}

  /** Returns the offset rounded up to a multiple of a power of two. */
  static long align(long offset, int to) {
    return (offset + to - 1) & -(long) to;
  }

  /** Returns the number of blocks for this many bytes. */
  static int blocks(int bytes, int blockSize) {
    return bytes / blockSize + (bytes % blockSize == 0 ? 0 : 1);
  }

  /**
   * Checks the size of a block.
   *
   * @throws ErrnoException EINVAL if it is not a power of two from 4096 to 65536
   */
  static int requireBlockSize(int blockSize) throws ErrnoException {
    if (Integer.bitCount(blockSize) != 1
        || blockSize < DEFAULT_BLOCK_SIZE
        || blockSize > LARGEST_BLOCK_SIZE) {
      throw new ErrnoException(
          Errno.EINVAL,
          "cramfs: block size: expected a power of two from %d to %d, found %d"
              .formatted(DEFAULT_BLOCK_SIZE, LARGEST_BLOCK_SIZE, blockSize));
    }
    return blockSize;
  }

  /**
   * Checks the offset of a directory or block table to be written.
   *
   * @throws ErrnoException EFBIG if no node can refer to it
   */
  static long requireOffset(long offset) throws ErrnoException {
    if (offset >= OFFSET_LIMIT) {
      throw new ErrnoException(
          Errno.EFBIG,
          "write cramfs: expected directories and files to begin below 0x%x, found one at 0x%x"
              .formatted(OFFSET_LIMIT, offset));
    }
    return offset;
  }

  /**
   * Checks the size of an image being written.
   *
   * @throws ErrnoException EFBIG if it does not fit in the superblock
   */
  static void requireImageSize(long end) throws ErrnoException {
    if (end > SIZE_OF_IMAGE_LIMIT) {
      throw new ErrnoException(
          Errno.EFBIG,
          "write cramfs: expected an image of at most %d bytes, found %d or more"
              .formatted(SIZE_OF_IMAGE_LIMIT, end));
    }
  }

  /** Returns the bytes of a field without the NULs it is padded with. */
  static ByteBuffer withoutPadding(ByteBuffer field) {
    int length = field.limit();
    while (length > 0 && field.get(length - 1) == 0) {
      length--;
    }
    return field.slice(0, length);
  }

  /** Returns the error for an image that cannot be mounted. */
  static ErrnoException notMountable(String where, String expected, String found) {
    return new ErrnoException(Errno.EINVAL, text(where, expected, found));
  }

  /** Returns the error for a part of an image that cannot be read. */
  static ErrnoException malformed(String where, String expected, String found) {
    return new ErrnoException(Errno.EIO, text(where, expected, found));
  }

  private static String text(String where, String expected, String found) {
    return "bad cramfs: %s: expected %s, found %s".formatted(where, expected, found);
  }
}
