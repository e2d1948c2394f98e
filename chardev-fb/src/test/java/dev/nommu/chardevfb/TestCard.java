package dev.nommu.chardevfb;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/**
 * A card of 96x64 pixels: bars, ramps, a chequerboard and letters that show which way is up. The
 * same card is defined in {@code src/test/testcard/testcard.py}, which computes the card in each
 * format.
 */
public final class TestCard {
  /** Pixels. */
  public static final int WIDTH = 96;

  /** Pixels. */
  public static final int HEIGHT = 64;

  private static final String[] LETTER = {
    "########", "##......", "##......", "######..", "##......", "##......", "##......", "........"
  };

  private TestCard() {}

  /**
   * Returns the picture of a screen that shows the card.
   *
   * @param format the name of a picture in the folder {@code cards}
   */
  public static BufferedImage shownIn(String format) throws IOException {
    try (InputStream in = TestCard.class.getResourceAsStream("cards/" + format + ".png")) {
      return ImageIO.read(Objects.requireNonNull(in, format));
    }
  }

  /**
   * Draws the card pixel by pixel into memory.
   *
   * @param lineLength bytes from one line to the next
   * @param bits of a pixel: 1, 8, 16, 24 or 32
   * @param pixel the pixel value, by x and y
   */
  public static void draw(
      MemorySegment memory, long lineLength, int bits, IntBinaryOperator pixel) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        set(memory, y * lineLength * 8 + (long) x * bits, bits, pixel.applyAsInt(x, y));
      }
    }
  }

  private static void set(MemorySegment memory, long bit, int bits, int value) {
    if (bits == 1) {
      byte old = memory.get(ValueLayout.JAVA_BYTE, bit / 8);
      int mask = 1 << (bit % 8);
      int changed = value == 0 ? old & ~mask : old | mask;
      memory.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) changed);
    }
    for (int done = 0; done < bits / 8; done++) {
      memory.set(ValueLayout.JAVA_BYTE, bit / 8 + done, (byte) (value >>> (8 * done)));
    }
  }

  /** Returns a component of a pixel of the card, 16 bits; 0 is red, 1 green, 2 blue. */
  public static int component(int x, int y, int component) {
    int ramp = x * 0xffff / (WIDTH - 1);
    if (y < 16) {
      int bar = 7 - x / 12;
      return (bar & new int[] {2, 4, 1}[component]) == 0 ? 0 : 0xffff;
    } else if (y < 48) {
      int row = (y - 16) / 8;
      return row == component || row == 3 ? ramp : 0;
    } else if (x < 48) {
      return (x + y) % 2 * 0xffff;
    }
    boolean ink = LETTER[(y - 48) / 2].charAt((x - 48) / 2 % 8) == '#';
    return ink ? new int[] {0xffff, 0x8000, 0}[component] : new int[] {0, 0, 0x4000}[component];
  }

  /** Returns a 16-bit component in fewer bits (rule FB-14). */
  public static int scaled(int component, int bits) {
    return ((component << bits) + 0x7fff - component) >>> 16;
  }
}
