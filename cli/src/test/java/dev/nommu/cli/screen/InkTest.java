package dev.nommu.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

final class InkTest {
  @Test
  void colours_upperPixelIsTheBlockAndLowerOneBehindIt() {
    assertThat(Ink.COLOURS.draw(picture(1, 2, 0x010203, 0xfffefd)))
        .containsExactly("\u001b[38;2;1;2;3m\u001b[48;2;255;254;253m\u2580\u001b[0m");
  }

  @Test
  void colours_areSetOnlyWhenTheyChange() {
    assertThat(Ink.COLOURS.draw(picture(2, 2, 0x010203, 0x010203, 0, 0)))
        .containsExactly("\u001b[38;2;1;2;3m\u001b[48;2;0;0;0m\u2580\u2580\u001b[0m");
  }

  @Test
  void colours_oddHeight_hasNothingBehindTheLastLine() {
    assertThat(Ink.COLOURS.draw(picture(1, 3, 0, 0, 0x0a0b0c)))
        .hasSize(2)
        .last()
        .isEqualTo("\u001b[38;2;10;11;12m\u2580\u001b[0m");
  }

  @Test
  void shades_areFiveByBrightness() {
    assertThat(Ink.SHADES.draw(picture(5, 1, 0, 0x404040, 0x808080, 0xc0c0c0, 0xffffff)))
        .containsExactly(" ░▒▓█");
  }

  @Test
  void shades_areThoseOfBothPixels() {
    assertThat(Ink.SHADES.draw(picture(1, 2, 0xffffff, 0))).containsExactly("▒");
  }

  @Test
  void shades_greenIsBrighterThanRedAndRedThanBlue() {
    assertThat(Ink.SHADES.draw(picture(3, 1, 0x00ff00, 0xff0000, 0x0000ff))).containsExactly("▒░");
  }

  /** Returns a picture with these pixels, line by line. */
  static BufferedImage picture(int width, int height, int... colours) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, colours, 0, width);
    return picture;
  }
}
