package dev.nommu.chardevfb;

/**
 * How a pixel is made up: the fields {@code bits_per_pixel} to {@code transp} of {@code struct
 * fb_var_screeninfo} (rule FB-12). Pixels are packed, little-endian, the leftmost in the lowest
 * bits.
 *
 * @param bitsPerPixel bits
 * @param grayscale not 0 if all colours are shown as greys
 * @param red where the red component is
 * @param green where the green component is
 * @param blue where the blue component is
 * @param transp where the transparency is; the screen does not show it
 */
public record PixelFormat(
    int bitsPerPixel, int grayscale, BitField red, BitField green, BitField blue, BitField transp) {

  /** Returns a format in colour. */
  public static PixelFormat of(
      int bitsPerPixel, BitField red, BitField green, BitField blue, BitField transp) {
    return new PixelFormat(bitsPerPixel, 0, red, green, blue, transp);
  }

  static PixelFormat read(StructureWords words) {
    return new PixelFormat(
        words.next(),
        words.next(),
        BitField.read(words),
        BitField.read(words),
        BitField.read(words),
        BitField.read(words));
  }

  void write(StructureWords words) {
    words.put(bitsPerPixel, grayscale);
    red.write(words);
    green.write(words);
    blue.write(words);
    transp.write(words);
  }

  /** Returns this format with the greys of another. */
  PixelFormat withGrayscale(int newGrayscale) {
    return new PixelFormat(bitsPerPixel, newGrayscale, red, green, blue, transp);
  }
}
