package dev.nommu.nio;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Buffers that one read fills, or one write drains, in order.
 *
 * @param buffers any number
 */
record BufferVector(List<ByteBuffer> buffers) {
  /** MAX_RW_COUNT in Linux, which fits in an array. */
  private static final int MOST_AT_ONCE = 0x7ffff000;

  /**
   * Returns a part of some buffers.
   *
   * @throws IndexOutOfBoundsException if the part is out of range
   */
  static BufferVector of(ByteBuffer[] all, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, all.length);
    return new BufferVector(Arrays.asList(all).subList(offset, offset + length));
  }

  /** Returns a buffer with the capacity remaining in all of them. */
  ByteBuffer whole() {
    long size = buffers.stream().mapToLong(Buffer::remaining).sum();
    return ByteBuffer.allocate((int) Math.min(size, MOST_AT_ONCE));
  }

  /** Returns the bytes remaining in all of them, without moving their positions. */
  ByteBuffer gathered() {
    ByteBuffer whole = whole();
    for (ByteBuffer each : buffers) {
      whole.put(each.slice(each.position(), Math.min(each.remaining(), whole.remaining())));
    }
    return whole.flip();
  }

  /** Copies the bytes read into them. */
  void scatter(ByteBuffer read) {
    for (ByteBuffer each : buffers) {
      int count = Math.min(each.remaining(), read.remaining());
      each.put(read.slice(read.position(), count));
      read.position(read.position() + count);
    }
  }

  /** Moves their positions past the bytes written. */
  void advance(int written) {
    int left = written;
    for (ByteBuffer each : buffers) {
      int count = Math.min(each.remaining(), left);
      each.position(each.position() + count);
      left -= count;
    }
  }
}
