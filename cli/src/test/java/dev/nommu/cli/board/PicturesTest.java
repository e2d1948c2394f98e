package dev.nommu.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures in the README are what the commands draw. */
final class PicturesTest {
  private static final Path IMAGES = Path.of("../docs/images");

  @TempDir private Path folder;

  @Test
  void memoryMap_isThatOfTheBoard() throws IOException {
    Path drawn = folder.resolve("drawn.svg");
    Run run = Run.of("board", "--board", "../boards/uclinux.dts", "--svg", drawn);
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(drawn).replace("../boards/", "boards/"))
        .isEqualTo(Files.readString(IMAGES.resolve("uclinux.svg")));
  }

  @Test
  void colourBars_areThoseOfTheSession() throws IOException {
    Path painted = folder.resolve("painted.png");
    Run run = Run.of("screen", "--run", "../examples/colour-bars.txt", "--png", painted);
    assertThat(run.exitCode()).isZero();
    assertThat(pixels(painted)).isEqualTo(pixels(IMAGES.resolve("colour-bars.png")));
  }

  private static int[] pixels(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
