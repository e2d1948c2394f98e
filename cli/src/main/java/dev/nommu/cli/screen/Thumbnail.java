package dev.nommu.cli.screen;

import java.awt.image.BufferedImage;

/** Makes pictures smaller. */
final class Thumbnail {
  private static final int COMPONENT = 0xff;

  private Thumbnail() {}

  /**
   * Returns a picture that is at most this wide, with the proportions of the original. Each pixel
   * is the mean of those it replaces.
   *
   * @param width pixels, 1 or more; a picture that is not wider is returned unchanged
   */
  public static BufferedImage of(BufferedImage picture, int width) {
    if (picture.getWidth() <= width) {
      return picture;
    }
    long proportional = Math.round((double) picture.getHeight() * width / picture.getWidth());
    int height = (int) Math.max(1, proportional);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        small.setRGB(x, y, mean(picture, x, y, small));
      }
    }
    return small;
  }

  private static int mean(BufferedImage of, int x, int y, BufferedImage small) {
    int left = start(x, of.getWidth(), small.getWidth());
    int top = start(y, of.getHeight(), small.getHeight());
    int width = start(x + 1, of.getWidth(), small.getWidth()) - left;
    int height = start(y + 1, of.getHeight(), small.getHeight()) - top;
    int[] colours = of.getRGB(left, top, width, height, null, 0, width);
    return mean(colours, 16) << 16 | mean(colours, 8) << 8 | mean(colours, 0);
  }

  /** Returns the start of the part of a long row that becomes this pixel of a short one. */
  private static int start(int pixel, int longRow, int shortRow) {
    return (int) ((long) pixel * longRow / shortRow);
  }

  private static int mean(int[] colours, int shift) {
    long sum = 0;
    for (int colour : colours) {
      sum += colour >>> shift & COMPONENT;
    }
    return (int) ((sum + colours.length / 2) / colours.length);
  }
}
