package dev.nommu.mtd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that are programmed together: they lie in one write buffer's range (rule FLASH-10).
 *
 * @param bytes 1 or more
 * @param offset where in the flash they go
 */
record FlashChunk(MemorySegment bytes, long offset) {
  /**
   * Cuts bytes where the ranges of write buffers meet.
   *
   * @param bufferSize bytes in the buffers of all chips
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

  /** Returns the address of the first word of the bus that is concerned. */
  long firstWord(int width) {
    return offset / width;
  }

  /** Returns how many words of the bus are concerned. */
  long words(int width) {
    return (offset + bytes.byteSize() - 1) / width - firstWord(width) + 1;
  }

  /**
   * Returns a word of the bus with these bytes in it.
   *
   * @param address which, in words
   * @param around what the other bytes of the word are
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
