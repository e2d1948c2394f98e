package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code image cat}. */
final class ImageCatCommandTest {
  private static final Path BOARDS = Path.of("..", "boards", "oracle");

  @TempDir Path directory;

  @Test
  void cat_writesTheBytes() throws Exception {
    for (String image : new String[] {"romfs.img", "cramfs.img"}) {
      Run run = Run.of("image", "cat", BOARDS.resolve(image), "small.txt", "/small.txt");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo("hello, world\nhello, world\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"/, 'found a directory'", "/nothing, 'there is no /nothing in it'"})
  void cat_ofWhatIsNoFile_isAMistake(String path, String message) {
    Run run = Run.of("image", "cat", BOARDS.resolve("romfs.img"), path);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message).hasLineCount(1);
  }

  private Path image(String... links) throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.createDirectories(tree.resolve("dir/sub"));
    Files.writeString(tree.resolve("dir/file"), "text");
    for (String link : links) {
      String[] parts = link.split("=");
      Files.createSymbolicLink(tree.resolve(parts[0]), Path.of(parts[1]));
    }
    Path image = directory.resolve("image");
    assertThat(Run.of("image", "make", "--type", "romfs", tree, image).exitCode()).isZero();
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "ldir=dir, ldir/file",
    "ldir=/dir, /ldir/file",
    "ldir=dir/sub, ldir/../file",
    "dir/sub/up=../file, dir/sub/up",
    "last=dir/file, last"
  })
  void cat_followsSymbolicLinksWithinTheImage(String link, String path) throws Exception {
    assertThat(Run.of("image", "cat", image(link), path).out()).isEqualTo("text");
  }

  @Test
  void cat_ofALinkToNothing_saysWhereItLeads() throws Exception {
    Run run = Run.of("image", "cat", image("sh=/bin/busybox"), "sh");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no /bin/busybox in it, to which /sh leads");
  }

  @Test
  void cat_ofLinksThatLeadToEachOther_saysSo() throws Exception {
    Run run = Run.of("image", "cat", image("a=b", "b=a"), "a");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("too many levels of symbolic links").hasLineCount(1);
  }

  /** The image is one of mkfs.cramfs with -b 8192. */
  @Test
  void cramfs23_blockSize_isFoundByUnpacking() throws Exception {
    Path image = directory.resolve("blocks");
    try (InputStream bytes = ImageCatCommandTest.class.getResourceAsStream("blocks-of-8k.img")) {
      Files.copy(bytes, image);
    }
    assertThat(Run.of("image", "check", image).out()).contains("nothing is wrong");
    assertThat(Run.of("image", "cat", image, "a").out()).hasSize(9216);
    assertThat(Run.of("image", "check", "--block-size", "4096", image).exitCode()).isEqualTo(1);
  }
}
