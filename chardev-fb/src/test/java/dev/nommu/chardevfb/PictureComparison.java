package dev.nommu.chardevfb;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Asserts that two pictures are the same, pixel for pixel. If they differ, it writes files for
 * inspection: the expected picture, the actual one and their difference.
 */
public final class PictureComparison {
  private static final int RED = 0xff0000;

  private PictureComparison() {}

  /**
   * Asserts that two pictures have the same size and colours; transparency is ignored.
   *
   * @param expected the expected picture
   * @param actual the actual picture
   * @param stem the start of the files' paths if the two differ: {@code target/card} for {@code
   *     target/card-expected.png}, {@code -actual.png} and, if the sizes are the same, {@code
   *     -difference.png}, which shows the pixels that differ in red and the others darkened. On any
   *     file system
   * @throws AssertionError if they differ; lists the number of pixels, the first one and the files
   * @throws IOException if a file cannot be written
   */
  public static void assertSamePicture(BufferedImage expected, BufferedImage actual, Path stem)
      throws IOException {
    if (!sizeOf(expected).equals(sizeOf(actual))) {
      write(expected, stem, "expected");
      write(actual, stem, "actual");
      throw new AssertionError(
          "picture: expected %s pixels, found %s; see %s-*.png"
              .formatted(sizeOf(expected), sizeOf(actual), stem));
    }
    int[] wanted = colours(expected);
    int[] found = colours(actual);
    int first = Arrays.mismatch(wanted, found);
    if (first >= 0) {
      write(expected, stem, "expected");
      write(actual, stem, "actual");
      write(difference(expected, found), stem, "difference");
      String place = first % expected.getWidth() + "," + first / expected.getWidth();
      throw new AssertionError(
          "picture: %d of %d pixels differ, the first at %s: expected %06x, found %06x; see %s-*.png"
              .formatted(
                  different(wanted, found),
                  wanted.length,
                  place,
                  wanted[first],
                  found[first],
                  stem));
    }
  }

  /** Asserts the same of a picture of a screen. */
  public static void assertSamePicture(BufferedImage expected, Picture actual, Path stem)
      throws IOException {
    assertSamePicture(expected, image(actual), stem);
  }

  private static BufferedImage image(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, picture.colours(), 0, width);
    return image;
  }

  private static long different(int[] wanted, int[] found) {
    return IntStream.range(0, wanted.length).filter(pixel -> wanted[pixel] != found[pixel]).count();
  }

  private static String sizeOf(BufferedImage picture) {
    return picture.getWidth() + "x" + picture.getHeight();
  }

  private static int[] colours(BufferedImage picture) {
    int width = picture.getWidth();
    int[] colours = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    for (int pixel = 0; pixel < colours.length; pixel++) {
      colours[pixel] &= 0xffffff;
    }
    return colours;
  }

  private static BufferedImage difference(BufferedImage expected, int[] found) {
    int width = expected.getWidth();
    int[] colours = colours(expected);
    for (int pixel = 0; pixel < colours.length; pixel++) {
      int darkened = (colours[pixel] >>> 2) & 0x3f3f3f;
      colours[pixel] = colours[pixel] == found[pixel] ? darkened : RED;
    }
    BufferedImage difference =
        new BufferedImage(width, expected.getHeight(), BufferedImage.TYPE_INT_RGB);
    difference.setRGB(0, 0, width, expected.getHeight(), colours, 0, width);
    return difference;
  }

  private static void write(BufferedImage picture, Path stem, String what) throws IOException {
    Files.createDirectories(stem.toAbsolutePath().getParent());
    Path file = stem.resolveSibling(stem.getFileName() + "-" + what + ".png");
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(picture, "png", out);
    }
  }
}
