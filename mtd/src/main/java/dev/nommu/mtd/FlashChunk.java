package dev.nommu.mtd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that are programmed together, within the range of one write buffer (rule FLASH-10).
 *
 * @param bytes 1 or more
 * @param offset their offset in the flash
 */
record FlashChunk(MemorySegment bytes, long offset) {
  /**
   * Splits bytes at the boundaries of write buffer ranges.
   *
   * @param bufferSize the total size of the buffers of all chips
   */
  static List<FlashChunk> of(MemorySegment bytes, long offset, int bufferSize) {
    List<FlashChunk> chunks = new ArrayList<>();
    long done = 0;
    while (done < bytes.byteSize()) {
      long left = bufferSize - (offset + done) % bufferSize;
      long length = Math.min(left, bytes.byteSize() - done);
      chunks.add(new FlashChunk(bytes.asSlice(done, length), offset + done));
      done += length;
    }
    return chunks;
  }

  /** Returns the address of the first bus word the bytes lie in. */
  long firstWord(int width) {
    return offset / width;
  }

  /** Returns the number of bus words the bytes lie in. */
  long words(int width) {
    return (offset + bytes.byteSize() - 1) / width - firstWord(width) + 1;
  }

  /**
   * Returns a bus word that contains some of these bytes.
   *
   * @param address its address, in words
   * @param around the value of the word's other bytes
   */
  long word(long address, int width, long around) {
    long word = around;
    for (int index = 0; index < width; index++) {
      long at = address * width + index - offset;
      if (at >= 0 && at < bytes.byteSize()) {
        long datum = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
        word = (word & ~(0xffL << (8 * index))) | (datum << (8 * index));
      }
    }
    return word;
  }
}
