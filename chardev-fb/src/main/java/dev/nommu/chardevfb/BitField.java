package dev.nommu.chardevfb;

/**
 * The position of a component in a pixel, as {@code struct fb_bitfield}.
 *
 * @param offset the lowest bit
 * @param length bits; 0 if the pixel has no such component
 * @param msbRight not 0 if the most significant bit is the lowest one
 */
public record BitField(int offset, int length, int msbRight) {
  /** An absent component. */
  public static final BitField NONE = new BitField(0, 0, 0);

  /** Returns a component whose most significant bit is the highest one. */
  public static BitField of(int offset, int length) {
    return new BitField(offset, length, 0);
  }

  static BitField read(StructureWords words) {
    return new BitField(words.next(), words.next(), words.next());
  }

  void write(StructureWords words) {
    words.put(offset, length, msbRight);
  }
}
