package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.cramfs.CramfsFlag;
import dev.nommu.cramfs.CramfsImage;
import dev.nommu.image.TreeEntry;
import dev.nommu.romfs.RomfsImage;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code image make}. */
final class ImageMakeCommandTest {
  @TempDir Path directory;
  private Path tree;
  private Path image;

  @BeforeEach
  void makeTree() throws Exception {
    image = directory.resolve("image");
    tree = Files.createDirectory(directory.resolve("tree"));
    Files.createDirectory(tree.resolve("bin"));
    Files.write(tree.resolve("bin/sh"), new byte[9000]);
    Files.setPosixFilePermissions(
        tree.resolve("bin/sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(tree.resolve("readme.txt"), "read me");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("bin/sh"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"romfs", "cramfs"})
  void imageOfADirectory_givesTheDirectoryBack(String type) throws Exception {
    assertThat(make("--type", type)).isEqualTo(new Run(0, "", ""));
    assertThat(Run.of("image", "check", image).exitCode()).isZero();
    Path out = directory.resolve("out");
    assertThat(Run.of("image", "extract", image, out).exitCode()).isZero();
    assertThat(HostTree.of(out)).isEqualTo(HostTree.of(tree));
  }

  @Test
  void romfs_nameAndAlignmentsAreTheImages() throws Exception {
    make("--type", "romfs", "--name", "boot", "--align", "64", "--align", "4K,/bin/*");
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.header().volume()).isEqualTo("boot");
      assertThat(dataOffset(romfs, "/bin/sh") % 4096).isZero();
      assertThat(dataOffset(romfs, "/readme.txt") % 64).isZero();
      assertThat(dataOffset(romfs, "/readme.txt") % 4096).isNotZero();
    }
  }

  @Test
  void romfs_whatIsExcludedIsLeftOut() throws Exception {
    make("--type", "romfs", "--exclude", "/bin", "--exclude", "*.txt");
    assertThat(Run.of("image", "ls", image).out()).isEqualTo("/\n/link\n");
  }

  @Test
  void romfs_orderIsThatOfTheWriter() throws Exception {
    make("--type", "romfs", "--order", "host");
    Path expected = directory.resolve("expected");
    RomfsWriter.write(
        tree, expected, RomfsOptions.DEFAULT.withVolume("").withOrder(RomfsOptions.Order.HOST));
    assertThat(image).hasSameBinaryContentAs(expected);
  }

  @Test
  void cramfs_roomForBootCodeIsLeftInFront() throws Exception {
    make("--type", "cramfs", "--boot-code");
    assertThat(Arrays.copyOf(Files.readAllBytes(image), 512)).containsOnly(0);
    try (CramfsImage cramfs = CramfsImage.open(image)) {
      assertThat(cramfs.superblock().offset()).isEqualTo(512);
    }
    assertThat(Run.of("image", "check", image).exitCode()).isZero();
  }

  @Test
  void cramfs_optionsAreTheImages() throws Exception {
    make("--type=cramfs", "--name=boot", "--byte-order=big", "--block-size=16K", "--holes");
    try (CramfsImage cramfs = CramfsImage.open(image, 16384)) {
      assertThat(cramfs.superblock().name()).isEqualTo("boot");
      assertThat(cramfs.superblock().byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
      assertThat(cramfs.superblock().has(CramfsFlag.HOLES)).isTrue();
      assertThat(cramfs.superblock().has(CramfsFlag.EXT_BLOCK_POINTERS)).isFalse();
    }
    assertThat(Run.of("image", "check", "--block-size", "16384", image).exitCode()).isZero();
    assertThat(Run.of("image", "cat", "--block-size", "16K", image, "readme.txt").out())
        .isEqualTo("read me");
  }

  @Test
  void cramfs_filesInPlaceAreThoseThatMatch() throws Exception {
    make("--type", "cramfs", "--in-place", "/bin/*", "--in-place", "nothing");
    try (CramfsImage cramfs = CramfsImage.open(image)) {
      assertThat(cramfs.superblock().has(CramfsFlag.EXT_BLOCK_POINTERS)).isTrue();
    }
    assertThat(Files.size(image)).isGreaterThan(9000);
    make("--type", "cramfs", "--in-place", "nothing");
    assertThat(Files.size(image)).isLessThan(9000);
  }

  @ParameterizedTest
  @CsvSource({
    "--type=ext2, 'expected romfs or cramfs, found ''ext2'''",
    "--type=romfs --holes, '--holes is not an option for a romfs'",
    "--type=romfs --block-size=4K, '--block-size is not an option for a romfs'",
    "--type=romfs --boot-code, '--boot-code is not an option for a romfs'",
    "--type=cramfs --order=host, '--order is not an option for a cramfs'",
    "--type=romfs --order=size, 'expected name or host, found ''size'''",
    "--type=cramfs --align=64, '--align is not an option for a cramfs'",
    "--type=romfs --align=5, 'expected a power of two of 16 or more, found ''5'''",
    "'--type=romfs --align=64,[z-a]', 'expected a file name pattern'",
    "--type=cramfs --in-place=[z-a], 'expected a file name pattern'",
    "--type=cramfs --block-size=2K, 'expected a power of two from 4096 to 65536'",
    "--type=cramfs --byte-order=pdp, 'expected little or big, found ''pdp'''",
    "--type=cramfs --name=12345678901234567, '--name: expected 16 bytes or less, found 17'",
    "--name=x, '--type=TYPE'",
  })
  void mistake_isNamedAndNothingIsMade(String options, String message) {
    Run run = make((Object[]) options.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message, "Try 'nommu image make --help'.").hasLineCount(2);
    assertThat(image).doesNotExist();
  }

  @Test
  void directoryThatIsNotThere_isAMistake() {
    for (String type : new String[] {"romfs", "cramfs"}) {
      Run run = Run.of("image", "make", "--type", type, directory.resolve("nothing"), image);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("no such file or directory").hasLineCount(1);
      Run file = Run.of("image", "make", "--type", type, tree.resolve("readme.txt"), image);
      assertThat(file.exitCode()).isEqualTo(2);
      assertThat(file.err()).contains("expected a directory").hasLineCount(1);
    }
  }

  @Test
  void whatDoesNotFit_leavesWhatIsThere() throws Exception {
    Files.writeString(image, "old");
    Files.writeString(tree.resolve("n".repeat(200)), "x");
    Run run = make("--type", "romfs");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("expected 128 bytes or less, found 200").hasLineCount(1);
    assertThat(image).hasContent("old");
    assertThat(directory.resolve("image.part")).doesNotExist();
  }

  private Run make(Object... options) {
    return Run.of(
        Stream.of(new Object[] {"image", "make"}, options, new Object[] {tree, image})
            .flatMap(Stream::of)
            .toArray());
  }

  private static long dataOffset(RomfsImage image, String path) throws Exception {
    return image.walk().stream()
        .filter(entry -> entry.path().equals(path))
        .map(TreeEntry::node)
        .findFirst()
        .orElseThrow()
        .dataOffset();
  }
}
