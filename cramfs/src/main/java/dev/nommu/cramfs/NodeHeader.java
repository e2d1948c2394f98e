package dev.nommu.cramfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The three words before each name and at the end of the superblock (rules CRAMFS-13 and
 * CRAMFS-14).
 *
 * @param mode kind and permissions, 16 bits
 * @param uid the owner, 16 bits
 * @param gid the group, 8 bits
 * @param size bytes, or a device number; 24 bits
 * @param nameLength bytes of the padded name, a multiple of 4 below 256
 * @param dataOffset the offset of block table or directory, a multiple of 4 below 2^28; 0 for none
 */
record NodeHeader(int mode, int uid, int gid, int size, int nameLength, long dataOffset) {
  /** The size of a header in bytes. */
  static final int BYTES = 12;

  /** Decodes the header at a position of a buffer, in the buffer's byte order. */
  static NodeHeader decode(ByteBuffer bytes, int at) {
    ByteOrder order = bytes.order();
    int first = bytes.getInt(at);
    int second = bytes.getInt(at + 4);
    int third = bytes.getInt(at + 8);
    return new NodeHeader(
        field(first, 0, 16, order),
        field(first, 16, 16, order),
        field(second, 24, 8, order),
        field(second, 0, 24, order),
        field(third, 0, 6, order) << 2,
        (long) field(third, 6, 26, order) << 2);
  }

  /** Appends the header to a buffer, in the buffer's byte order. */
  void encode(ByteBuffer into) {
    ByteOrder order = into.order();
    into.putInt(bits(mode, 0, 16, order) | bits(uid, 16, 16, order));
    into.putInt(bits(size, 0, 24, order) | bits(gid, 24, 8, order));
    into.putInt(bits(nameLength >> 2, 0, 6, order) | bits((int) (dataOffset >> 2), 6, 26, order));
  }

  private static int field(int word, int start, int width, ByteOrder order) {
    return (word >>> shift(start, width, order)) & ((1 << width) - 1);
  }

  private static int bits(int value, int start, int width, ByteOrder order) {
    return value << shift(start, width, order);
  }

  /**
   * Bit fields fill a word from its low end on little-endian machines, otherwise from its high end.
   */
  private static int shift(int start, int width, ByteOrder order) {
    return order.equals(ByteOrder.LITTLE_ENDIAN) ? start : Integer.SIZE - start - width;
  }
}
