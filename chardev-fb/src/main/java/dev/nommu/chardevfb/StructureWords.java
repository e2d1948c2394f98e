package dev.nommu.chardevfb;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads or writes the 32-bit little-endian words of a structure in order. */
final class StructureWords {
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment structure;
  private long offset;

  StructureWords(MemorySegment structure) {
    this.structure = structure;
  }

  int next() {
    int word = structure.get(WORD, offset);
    offset += Integer.BYTES;
    return word;
  }

  long nextUnsigned() {
    return Integer.toUnsignedLong(next());
  }

  /** Writes the low 32 bits of each word. */
  void put(long... words) {
    for (long word : words) {
      structure.set(WORD, offset, (int) word);
      offset += Integer.BYTES;
    }
  }
}
