package dev.nommu.chardevfb;

/**
 * The format of a pixel: the fields {@code bits_per_pixel} to {@code transp} of {@code struct
 * fb_var_screeninfo} (rule FB-12). Pixels are packed, little-endian, the leftmost in the lowest
 * bits.
 *
 * @param bitsPerPixel bits
 * @param grayscale not 0 if all colours are shown as greys
 * @param red the position of the red component
 * @param green the position of the green component
 * @param blue the position of the blue component
 * @param transp the position of the transparency, which the screen ignores
 */
public record PixelFormat(
    int bitsPerPixel, int grayscale, BitField red, BitField green, BitField blue, BitField transp) {

  /** Returns a colour format. */
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

  /** Returns this format with another {@code grayscale}. */
  PixelFormat withGrayscale(int newGrayscale) {
    return new PixelFormat(bitsPerPixel, newGrayscale, red, green, blue, transp);
  }
}
