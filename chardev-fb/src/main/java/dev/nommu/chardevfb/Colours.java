package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** Turns the numbers in pixels into colours of the form 0xRRGGBB. */
sealed interface Colours {
  /**
   * Turns pixels into colours.
   *
   * @param pixels the numbers in the pixels
   * @param rgb where the colours go, from index {@code at} on
   */
  void apply(int[] pixels, int[] rgb, int at);

  /** The numbers are indices of colours. */
  final class Indexed implements Colours {
    private final int[] palette;

    /** Takes the colours; at least as many as there are numbers. */
    Indexed(int... palette) {
      this.palette = palette.clone();
    }

    @Override
    public void apply(int[] pixels, int[] rgb, int at) {
      for (int x = 0; x < pixels.length; x++) {
        rgb[at + x] = palette[pixels[x]];
      }
    }
  }

  /** The numbers have the components in them. */
  final class Components implements Colours {
    private final Component red;
    private final Component green;
    private final Component blue;

    /**
     * Takes the places of the components.
     *
     * @throws ErrnoException EINVAL if one does not lie in the pixel or has more than 16 bits
     */
    Components(PixelFormat format) throws ErrnoException {
      red = new Component(format.red(), format, 16);
      green = new Component(format.green(), format, 8);
      blue = new Component(format.blue(), format, 0);
    }

    @Override
    public void apply(int[] pixels, int[] rgb, int at) {
      for (int x = 0; x < pixels.length; x++) {
        int pixel = pixels[x];
        rgb[at + x] = red.in(pixel) | green.in(pixel) | blue.in(pixel);
      }
    }
  }

  /** One component: for each number it can be, its part of the colour, in its place. */
  final class Component {
    private static final int MOST_BITS = 16;

    private final int offset;
    private final int[] values;

    private Component(BitField field, PixelFormat format, int place) throws ErrnoException {
      requireWithin(field, format);
      offset = field.offset();
      values = new int[1 << field.length()];
      int largest = Math.max(values.length - 1, 1);
      for (int value = 0; value < values.length; value++) {
        int nearest = (value * 0xff + largest / 2) / largest;
        values[value] = nearest << place;
      }
    }

    private static void requireWithin(BitField field, PixelFormat format) throws ErrnoException {
      int bits = field.length();
      if (bits < 0
          || bits > MOST_BITS
          || field.offset() < 0
          || field.offset() > format.bitsPerPixel() - bits) {
        throw new ErrnoException(
            Errno.EINVAL,
            "%s in a pixel of %d bits: expected at most 16 bits within the pixel"
                .formatted(field, format.bitsPerPixel()));
      }
    }

    private int in(int pixel) {
      return values[(pixel >>> offset) & (values.length - 1)];
    }
  }
}
