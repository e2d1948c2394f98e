package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** Converts pixel values to colours of the form 0xRRGGBB. */
sealed interface Colours {
  /**
   * Converts pixels to colours.
   *
   * @param pixels the pixel values
   * @param rgb receives the colours, from index {@code at} on
   */
  void apply(int[] pixels, int[] rgb, int at);

  /** Pixel values are indices of colours. */
  final class Indexed implements Colours {
    private final int[] palette;

    /** Creates it from a palette with an entry for each pixel value. */
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

  /** Pixel values contain the components. */
  final class Components implements Colours {
    private final Component red;
    private final Component green;
    private final Component blue;

    /**
     * Creates it from the positions of the components.
     *
     * @throws ErrnoException EINVAL if a component is not within the pixel or has more than 16 bits
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

  /** One component: a table from each of its values to its part of the colour, in place. */
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
