package dev.nommu.chardevfb;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Entries of a colour map and the addresses of their components: {@code struct fb_cmap} of a 64-bit
 * kernel without its last field, the transparencies, which no frame buffer stores (rule FB-14).
 *
 * @param start the first entry, an unsigned 32-bit number
 * @param length entries, an unsigned 32-bit number
 * @param red the address of an array of 16-bit components
 * @param green likewise
 * @param blue likewise
 */
record ColourMapRequest(long start, long length, long red, long green, long blue) {
  /** The size of the structure in bytes. */
  static final long SIZE = 40;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Reads the structure from memory. */
  static ColourMapRequest read(MemorySegment structure) {
    StructureWords words = new StructureWords(structure);
    return new ColourMapRequest(
        words.nextUnsigned(),
        words.nextUnsigned(),
        structure.get(LONG, 8),
        structure.get(LONG, 16),
        structure.get(LONG, 24));
  }

  /** Writes the structure to memory, without transparencies. */
  void write(MemorySegment structure) {
    new StructureWords(structure).put(start, length);
    structure.set(LONG, 8, red);
    structure.set(LONG, 16, green);
    structure.set(LONG, 24, blue);
    structure.set(LONG, 32, 0);
  }
}
