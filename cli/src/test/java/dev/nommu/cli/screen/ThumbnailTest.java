package dev.nommu.cli.screen;

import static dev.nommu.cli.screen.InkTest.picture;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThumbnailTest {
  @Test
  void pixel_isTheMeanOfThoseInItsPlace() {
    BufferedImage small = Thumbnail.of(picture(4, 2, 0, 0xff0000, 10, 20, 0, 0x00ff00, 30, 40), 2);
    assertThat(small.getWidth()).isEqualTo(2);
    assertThat(small.getHeight()).isEqualTo(1);
    assertThat(small.getRGB(0, 0)).isEqualTo(0xff404000);
    assertThat(small.getRGB(1, 0)).isEqualTo(0xff000019);
  }

  @Test
  void pictureThatIsNotWider_staysAsItIs() {
    BufferedImage picture = picture(2, 1, 1, 2);
    assertThat(Thumbnail.of(picture, 2)).isSameAs(picture);
  }

  @ParameterizedTest
  @CsvSource({"320, 200, 80, 50", "100, 1, 7, 1", "1000, 3, 10, 1", "7, 100, 3, 43"})
  void proportions_stay(int width, int height, int columns, int expected) {
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    BufferedImage small = Thumbnail.of(large, columns);
    assertThat(small.getWidth()).isEqualTo(columns);
    assertThat(small.getHeight()).isEqualTo(expected);
  }
}
