package dev.nommu.chardevfb;

/**
 * A screen's picture at one moment: opaque pixels, line by line. Immutable; safe for concurrent
 * use.
 */
public final class Picture {
  private static final int COLOUR = 0xffffff;

  private final int width;
  private final int[] pixels;

  /**
   * Creates a picture.
   *
   * @param width pixels in a line, 1 or more
   * @param pixels all pixels, as {@link #colour}; not copied
   */
  Picture(int width, int[] pixels) {
    this.width = width;
    this.pixels = pixels;
  }

  /** Returns the number of pixels in a line. */
  public int width() {
    return width;
  }

  /** Returns the number of lines. */
  public int height() {
    return pixels.length / width;
  }

  /**
   * Returns the colour of a pixel: red, green and blue of 8 bits each, 0xRRGGBB.
   *
   * @param x from the left, less than {@link #width}
   * @param y from the top, less than {@link #height}
   */
  public int colour(int x, int y) {
    return pixels[y * width + x] & COLOUR;
  }

  /** Returns a copy of all pixels, line by line, as {@link #colour}. */
  public int[] colours() {
    int[] colours = new int[pixels.length];
    for (int pixel = 0; pixel < colours.length; pixel++) {
      colours[pixel] = pixels[pixel] & COLOUR;
    }
    return colours;
  }
}
