package dev.nommu.chardevfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureComparisonTest {
  @TempDir Path folder = Path.of("");

  @Test
  void samePictures_leaveNoFiles() throws IOException {
    PictureComparison.assertSamePicture(green(4, 3), green(4, 3), folder.resolve("card"));
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void transparency_isNotLookedAt() throws IOException {
    BufferedImage transparent = new BufferedImage(4, 3, BufferedImage.TYPE_INT_ARGB);
    BufferedImage black = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
    PictureComparison.assertSamePicture(black, transparent, folder.resolve("card"));
  }

  @Test
  void differentPictures_areNamedAndLeftToLookAt() throws IOException {
    BufferedImage other = green(4, 3);
    other.setRGB(2, 1, 0x123456);
    other.setRGB(3, 2, 0);
    Path stem = folder.resolve("sub/card");
    assertThatThrownBy(() -> PictureComparison.assertSamePicture(green(4, 3), other, stem))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 of 12 pixels differ")
        .hasMessageContaining("2,1: expected 00ff00, found 123456")
        .hasMessageContaining(stem.toString());
    assertThat(read("sub/card-expected.png").getRGB(2, 1) & 0xffffff).isEqualTo(0x00ff00);
    assertThat(read("sub/card-actual.png").getRGB(2, 1) & 0xffffff).isEqualTo(0x123456);
    BufferedImage difference = read("sub/card-difference.png");
    assertThat(difference.getRGB(2, 1) & 0xffffff).isEqualTo(0xff0000);
    assertThat(difference.getRGB(0, 0) & 0xffffff).isEqualTo(0x003f00);
  }

  @Test
  void pictureOfAnotherSize_isNamed() throws IOException {
    assertThatThrownBy(() ->
            PictureComparison.assertSamePicture(green(4, 3), green(3, 4), folder.resolve("card")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected 4x3 pixels, found 3x4");
    assertThat(read("card-actual.png").getHeight()).isEqualTo(4);
  }

  private BufferedImage read(String name) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      return ImageIO.read(in);
    }
  }

  private static BufferedImage green(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < width * height; pixel++) {
      picture.setRGB(pixel % width, pixel / width, 0x00ff00);
    }
    return picture;
  }
}
