package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The block pointers of a file or symbolic link (rules CRAMFS-16, CRAMFS-17 and CRAMFS-19).
 *
 * <p>A plain pointer is the end of its block, which begins at the end of the previous one. A
 * pointer with {@link #DIRECT} is the start of its block in units of 4 bytes, and the length
 * follows from the data there.
 */
final class BlockTable {
  /** The block is not compressed. */
  static final int UNCOMPRESSED = 1 << 31;

  /** The pointer is the start of the block. */
  static final int DIRECT = 1 << 30;

  /** The binary logarithm of the unit of a direct pointer. */
  static final int DIRECT_SHIFT = 2;

  /** Bytes in a pointer. */
  static final int POINTER_BYTES = 4;

  /** Bytes of the length that precedes a compressed direct block. */
  static final int LENGTH_BYTES = 2;

  private static final int ADDRESS = ~(UNCOMPRESSED | DIRECT);

  private final ImageReader reader;
  private final CramfsNode node;
  private final int blockSize;
  private final Profile profile;
  private final int[] pointers;

  private BlockTable(
      ImageReader reader, CramfsNode node, int blockSize, Profile profile, int[] pointers) {
    this.reader = reader;
    this.node = node;
    this.blockSize = blockSize;
    this.profile = profile;
    this.pointers = pointers;
  }

  /**
   * Reads the pointers of a node, at most 16 KiB; none if it has no data.
   *
   * @throws ErrnoException EIO if they do not lie in the image or cannot be read
   */
  static BlockTable read(ImageReader reader, CramfsNode node, int blockSize, Profile profile)
      throws ErrnoException {
    int length = node.hasData() ? bytes(node, blockSize) : 0;
    int[] pointers = new int[length / POINTER_BYTES];
    reader
        .bytes(node.dataOffset(), length, "block pointers of " + node)
        .asIntBuffer()
        .get(pointers);
    return new BlockTable(reader, node, blockSize, profile, pointers);
  }

  /** Returns the size of the pointers of a node with data in bytes. */
  static int bytes(CramfsNode node, int blockSize) {
    return CramfsFormat.blocks(node.size(), blockSize) * POINTER_BYTES;
  }

  /** Returns the number of blocks. */
  int count() {
    return pointers.length;
  }

  /** Returns the offset of the pointer of a block. */
  long pointerOffset(int index) {
    return node.dataOffset() + (long) index * POINTER_BYTES;
  }

  /** Returns the pointer of a block, including its flags. */
  int pointer(int index) {
    return pointers[index];
  }

  /** Returns the number of bytes of the file in a block. */
  int contentLength(int index) {
    return Math.min(blockSize, node.size() - index * blockSize);
  }

  /**
   * Locates a block.
   *
   * @throws ErrnoException EIO if the store fails
   */
  Block block(int index) throws ErrnoException {
    int pointer = pointer(index);
    if ((pointer & DIRECT) == 0) {
      return chained(index, pointer);
    }
    return (pointer & UNCOMPRESSED) == 0
        ? deflatedDirect(index, start(pointer))
        : stored(index, start(pointer), storedLength(index));
  }

  /**
   * Locates blocks that are uncompressed and consecutive in the image as in the file (rule
   * CRAMFS-02).
   *
   * @param first the first block
   * @param count the number of blocks, all of them in the file
   * @return the offset of the first byte, or empty if they are not
   */
  OptionalLong directRun(int first, int count) {
    long start = start(pointer(first));
    for (int i = 0; i < count; i++) {
      int pointer = pointer(first + i);
      if ((pointer & ~ADDRESS) != ~ADDRESS || start(pointer) != start + (long) i * blockSize) {
        return OptionalLong.empty();
      }
    }
    return start == 0 ? OptionalLong.empty() : OptionalLong.of(start);
  }

  /**
   * Returns how many whole blocks, starting with a given one, are uncompressed and contiguous in
   * the image, each with a pointer to its start: bytes that can be read in one piece.
   *
   * @param first the first block
   * @param limit the most blocks to count, 1 or more, all of them in the file
   * @return 0 to {@code limit}
   */
  int adjacent(int first, int limit) {
    int expected = pointer(first);
    if ((expected & ~ADDRESS) != ~ADDRESS) {
      return 0;
    }
    long inImage = Math.max(0, reader.size() - start(expected)) / blockSize;
    long most = Math.min(inImage, Math.min(limit, wholeBlocks() - first));
    int count = 0;
    while (count < most && pointer(first + count) == expected) {
      expected += blockSize >>> DIRECT_SHIFT;
      count++;
    }
    return count;
  }

  /** Returns the start of a block with a direct pointer. */
  long directStart(int index) {
    return start(pointer(index));
  }

  private Block chained(int index, int pointer) throws ErrnoException {
    long end = pointer & ADDRESS;
    long start = index == 0 ? pointerOffset(count()) : end(index - 1);
    return (pointer & UNCOMPRESSED) == 0
        ? deflated(index, start, end - start)
        : stored(index, start, end - start);
  }

  private long end(int index) throws ErrnoException {
    int pointer = pointer(index);
    if ((pointer & DIRECT) == 0) {
      return pointer & ADDRESS;
    }
    long start = start(pointer);
    return (pointer & UNCOMPRESSED) == 0
        ? start + LENGTH_BYTES + precedingLength(start).orElse(0)
        : start + blockSize;
  }

  private Block deflatedDirect(int index, long start) throws ErrnoException {
    OptionalLong length = precedingLength(start);
    return length.isEmpty()
        ? new Block.Bad(
            pointerOffset(index),
            "the length of block %d at 0x%x".formatted(index, start),
            "the end of the image at 0x%x".formatted(reader.size()))
        : deflated(index, start + LENGTH_BYTES, length.getAsLong());
  }

  private OptionalLong precedingLength(long start) throws ErrnoException {
    if (!reader.contains(start, LENGTH_BYTES)) {
      return OptionalLong.empty();
    }
    ByteBuffer length = reader.bytes(start, LENGTH_BYTES, "length of a block of " + node);
    return OptionalLong.of(Short.toUnsignedInt(length.getShort(0)));
  }

  private int storedLength(int index) {
    return index < wholeBlocks() ? blockSize : node.size() % blockSize;
  }

  /**
   * Returns the number of uncompressed direct blocks that the file fills. Linux 6.12 loses the last
   * one if the file ends with it (rule CRAMFS-19).
   */
  private int wholeBlocks() {
    int whole = node.size() / blockSize;
    boolean lost = node.size() % blockSize == 0 && profile == Profile.LINUX_6_12;
    return lost ? whole - 1 : whole;
  }

  private Block stored(int index, long start, long length) {
    return checked(index, start, length, blockSize, new Block.Stored(start, (int) length));
  }

  private Block deflated(int index, long start, long length) {
    return checked(index, start, length, 2 * blockSize, new Block.Deflated(start, (int) length));
  }

  private Block checked(int index, long start, long length, int longest, Block block) {
    if (length == 0) {
      return new Block.Hole();
    }
    if (length < 0 || length > longest) {
      return new Block.Bad(
          pointerOffset(index),
          "block %d of 0 to %d bytes".formatted(index, longest),
          "0x%x to 0x%x".formatted(start, start + length));
    }
    if (!reader.contains(start, length)) {
      return new Block.Bad(
          pointerOffset(index),
          "block %d inside the image of 0x%x bytes".formatted(index, reader.size()),
          "0x%x to 0x%x".formatted(start, start + length));
    }
    return block;
  }

  private static long start(int pointer) {
    return (long) (pointer & ADDRESS) << DIRECT_SHIFT;
  }
}
