package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads parts of an image, never outside it. May be called concurrently.
 *
 * @param source the bytes
 * @param byteOrder the order of the numbers in the image
 */
record ImageReader(ByteSource source, ByteOrder byteOrder) {
  /** Returns the size in bytes. */
  long size() {
    return source.size();
  }

  /** Returns whether a range lies wholly in the source. */
  boolean contains(long offset, long length) {
    return offset >= 0 && length >= 0 && length <= size() && offset <= size() - length;
  }

  /**
   * Returns a copy of bytes, with the byte order of the image.
   *
   * @param what the bytes, for messages
   * @throws ErrnoException EIO if they do not lie in the source or cannot be read
   */
  ByteBuffer bytes(long offset, int length, String what) throws ErrnoException {
    requireInside(offset, length, what);
    byte[] bytes = new byte[length];
    source.read(MemorySegment.ofArray(bytes), offset);
    return ByteBuffer.wrap(bytes).order(byteOrder);
  }

  /**
   * Reads bytes into a segment.
   *
   * @param what the bytes or their owner, for messages
   * @throws ErrnoException EIO if they do not lie in the source or cannot be read
   */
  void read(MemorySegment into, long offset, Object what) throws ErrnoException {
    requireInside(offset, into.byteSize(), what);
    source.read(into, offset);
  }

  private void requireInside(long offset, long length, Object what) throws ErrnoException {
    if (!contains(offset, length)) {
      throw CramfsFormat.malformed(
          what.toString(),
          "%d bytes at 0x%x".formatted(length, offset),
          "the end at 0x%x".formatted(size()));
    }
  }
}
