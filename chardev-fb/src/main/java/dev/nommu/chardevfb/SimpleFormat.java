package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pixel format of a simple frame buffer, by its name in the device tree binding {@code
 * simple-framebuffer}: components from the highest bit to the lowest, each with its number of bits.
 *
 * @param id the name
 * @param pixels the format
 */
record SimpleFormat(String id, PixelFormat pixels) {
  private static final BitField NONE = BitField.NONE;

  /** All formats of the binding that Linux supports. */
  static final List<SimpleFormat> ALL =
      List.of(
          new SimpleFormat("r5g6b5", rgb(16, bits(11, 5), bits(5, 6), bits(0, 5), NONE)),
          new SimpleFormat("r5g5b5a1", rgb(16, bits(11, 5), bits(6, 5), bits(1, 5), bits(0, 1))),
          new SimpleFormat("x1r5g5b5", rgb(16, bits(10, 5), bits(5, 5), bits(0, 5), NONE)),
          new SimpleFormat("a1r5g5b5", rgb(16, bits(10, 5), bits(5, 5), bits(0, 5), bits(15, 1))),
          new SimpleFormat("r8g8b8", rgb(24, bits(16, 8), bits(8, 8), bits(0, 8), NONE)),
          new SimpleFormat("x8r8g8b8", rgb(32, bits(16, 8), bits(8, 8), bits(0, 8), NONE)),
          new SimpleFormat("a8r8g8b8", rgb(32, bits(16, 8), bits(8, 8), bits(0, 8), bits(24, 8))),
          new SimpleFormat("x8b8g8r8", rgb(32, bits(0, 8), bits(8, 8), bits(16, 8), NONE)),
          new SimpleFormat("a8b8g8r8", rgb(32, bits(0, 8), bits(8, 8), bits(16, 8), bits(24, 8))),
          new SimpleFormat("x2r10g10b10", rgb(32, bits(20, 10), bits(10, 10), bits(0, 10), NONE)),
          new SimpleFormat(
              "a2r10g10b10", rgb(32, bits(20, 10), bits(10, 10), bits(0, 10), bits(30, 2))));

  /**
   * Returns the format with this name.
   *
   * @throws ErrnoException EINVAL if there is none
   */
  static SimpleFormat named(String id) throws ErrnoException {
    return ALL.stream()
        .filter(format -> format.id.equals(id))
        .findFirst()
        .orElseThrow(() ->
            new ErrnoException(Errno.EINVAL, "format \"" + id + "\": expected one of " + names()));
  }

  private static String names() {
    return ALL.stream().map(SimpleFormat::id).collect(Collectors.joining(", "));
  }

  private static PixelFormat rgb(
      int bitsPerPixel, BitField red, BitField green, BitField blue, BitField transp) {
    return PixelFormat.of(bitsPerPixel, red, green, blue, transp);
  }

  private static BitField bits(int offset, int length) {
    return BitField.of(offset, length);
  }
}
