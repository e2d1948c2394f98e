package dev.nommu.cli.screen;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The characters for drawing a picture on a terminal: a column is one pixel, a line of text two.
 */
enum Ink {
  /**
   * Upper half blocks with 24-bit colours: the upper pixel is the foreground colour, the lower one
   * the background.
   */
  COLOURS {
    @Override
    String line(BufferedImage picture, int y) {
      StringBuilder line = new StringBuilder();
      String before = "";
      for (int x = 0; x < picture.getWidth(); x++) {
        String colours = colours(picture, x, y);
        line.append(colours.equals(before) ? "" : colours).append(UPPER_HALF);
        before = colours;
      }
      return line.append(RESET).toString();
    }
  },
  /** Characters that are denser for brighter pixels, without colours. */
  SHADES {
    @Override
    String line(BufferedImage picture, int y) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < picture.getWidth(); x++) {
        int upper = brightness(picture.getRGB(x, y));
        int lower = hasLower(picture, y) ? brightness(picture.getRGB(x, y + 1)) : upper;
        int fullness = (upper + lower) / 2 * FULLNESS.length() / MOST_BRIGHT;
        line.append(FULLNESS.charAt(fullness));
      }
      return line.toString().stripTrailing();
    }
  };

  private static final char UPPER_HALF = '\u2580';
  private static final String FULLNESS = " \u2591\u2592\u2593\u2588";
  private static final int MOST_BRIGHT = 256;
  private static final String RESET = "\u001b[0m";

  /** Returns the lines of a picture. */
  public List<String> draw(BufferedImage picture) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < picture.getHeight(); y += 2) {
      lines.add(line(picture, y));
    }
    return lines;
  }

  /**
   * Draws two lines of pixels.
   *
   * @param y the upper one; at the end of a picture of odd height there is no lower one
   */
  abstract String line(BufferedImage picture, int y);

  private static boolean hasLower(BufferedImage picture, int y) {
    return y + 1 < picture.getHeight();
  }

  private static String colours(BufferedImage picture, int x, int y) {
    String upper = "\u001b[38;2;" + components(picture.getRGB(x, y)) + "m";
    return hasLower(picture, y)
        ? upper + "\u001b[48;2;" + components(picture.getRGB(x, y + 1)) + "m"
        : upper;
  }

  private static String components(int rgb) {
    return "%d;%d;%d".formatted(rgb >>> 16 & 0xff, rgb >>> 8 & 0xff, rgb & 0xff);
  }

  /** Returns the luma of ITU-R BT.601, 0 to 255. */
  private static int brightness(int rgb) {
    return (299 * (rgb >>> 16 & 0xff) + 587 * (rgb >>> 8 & 0xff) + 114 * (rgb & 0xff)) / 1000;
  }
}
